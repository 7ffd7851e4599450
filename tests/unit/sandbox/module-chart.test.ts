import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { moduleChart } from "../../../sandbox/charts/module-chart";

const CHART = { name: "cert-manager", version: "v1.21.1", appVersion: "v1.21.1" };

const FILES = {
  "Chart.yaml": "apiVersion: v2\nname: cert-manager\nversion: v0.0.0\nappVersion: v0.0.0\n",
  "values.yaml": "# kept as it is\nreplicaCount: 1\n",
  "templates/deployment.yaml": "{{ .Values.replicaCount }}\n",
  "tests/deployment_test.yaml": "suite: deployment\n",
  ".helmignore": "tests/\n",
};

describe("a chart in its module", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "module-chart-"));
    for (const [path, content] of Object.entries(FILES)) {
      await mkdir(dirname(join(folder, "module", path)), { recursive: true });
      await writeFile(join(folder, "module", path), content);
    }
  });
  afterEach(() => rm(folder, { recursive: true }));

  const packed = (out: string) => moduleChart(join(folder, "module"), join(folder, out), CHART);

  test("is packed unchanged, under its version", async () => {
    expect(await packed("out")).toBe(join(folder, "out", "cert-manager-v1.21.1.tgz"));
    const chart = join(folder, "out", "cert-manager");
    expect((await readdir(chart, { recursive: true })).sort()).toEqual([
      "Chart.yaml",
      "templates",
      "templates/deployment.yaml",
      "values.yaml",
    ]);
    expect(parse(await readFile(join(chart, "Chart.yaml"), "utf8"))).toEqual({
      apiVersion: "v2",
      ...CHART,
    });
    expect(await readFile(join(chart, "values.yaml"), "utf8")).toBe(FILES["values.yaml"]);
  });

  test("has the same bytes each time", async () => {
    const digests = ["one", "two"].map(async (out) =>
      createHash("sha256")
        .update(await readFile(await packed(out)))
        .digest("hex"),
    );
    expect(new Set(await Promise.all(digests)).size).toBe(1);
  });
});
