import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as versions from "../../../../components/operators/versions";
import { pinnedVersion } from "../../../../sandbox/crds/module";

const ROOT = join(__dirname, "../../../..");

/** Output of `npm run versions`, by the script that it runs. */
const [table = "", ground = ""] = printed().split("\n\nThe end-to-end tests run all of it on:\n");
const [titleLine = "", ...lines] = table.split("\n");
const columns = ["VERSION", "FROM", "END-TO-END"].map((word) => titleLine.indexOf(word));
const title = cellsOf(titleLine);
const rows = lines.map(cellsOf);

function printed(): string {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const [, setup, ...command] = (scripts["versions"] ?? "").split(" ");
  expect(setup).toBe("ops/setup.mjs");
  const node = join(ROOT, "node_modules/.bin/node");
  return execFileSync(node, command, { cwd: ROOT, encoding: "utf8" });
}

function cellsOf(line: string): string[] {
  return [0, ...columns].map((from, index) => line.slice(from, columns[index]).trimEnd());
}

/** All versions in versions.ts: of charts, and of images in one string or in two. */
function versionsIn(value: unknown): string[] {
  if (typeof value === "string") return [value.replace(/@.*$/, "").replace(/^.*:/, "")];
  const { version, tag, ...others } = value as Record<string, unknown>;
  if (typeof version === "string") return [version];
  if (typeof tag === "string") return [tag];
  return Object.values(others).flatMap(versionsIn);
}

const row = (name: string) => rows.filter(([first]) => first?.trim() === name);

describe("the table of versions", () => {
  test("has a row for each chart and image that is pinned", () => {
    const { POSTGRES_IMAGE, ...pinned } = versions;
    expect(versionsIn(POSTGRES_IMAGE)).toEqual(["18.6-202608310817-standard-trixie"]);
    expect(rows.map(([, version]) => version).sort()).toEqual(versionsIn(pinned).sort());
    expect(rows.length).toBeGreaterThan(40);
  });

  test("shows the date of each: its release, its pin or its build", () => {
    expect(title).toEqual(["PINNED", "VERSION", "FROM", "END-TO-END TESTS RUN"]);
    for (const [name = "", , from] of rows) {
      // Images below a chart have the date of the chart.
      expect([name, from]).toEqual([
        name,
        name.startsWith("  ") ? "" : expect.stringMatching(/^\d{4}-\d\d-\d\d( \(pinned\))?$/),
      ]);
    }
    const { chart, released } = versions.CHAOS_MESH_CHART;
    expect(row(`chart ${chart}`)[0]?.[2]).toBe(released);
  });

  test("shows which versions the end-to-end tests run", () => {
    const { CLOUDNATIVE_PG_IMAGE: operator, CERT_MANAGER_IMAGES: certManager } = versions;
    const tested = (name: string) => row(name).map((cells) => cells[3]);
    expect(tested(operator.repository)).toEqual([operator.tag]);
    expect(tested(certManager.webhook.repository)).toEqual([certManager.webhook.tag]);
    expect(tested(certManager.acmesolver.repository)).toEqual(["-"]);
    expect(tested(versions.CHAOS_MESH_IMAGES.controllerManager.repository)).toEqual([
      "v2.8.4-47411975a8cb",
    ]);
    expect(tested("chart sealed-secrets")).toEqual(["2.19.3"]);
    expect(tested("chart rook-ceph")).toEqual(["only its definitions"]);
    expect(tested("chart traefik")).toEqual(["-"]);
    expect(tested("ghcr.io/cloudnative-pg/postgresql")).toEqual([
      "-",
      "-",
      "PostgreSQL 17 of Debian 13",
      "-",
    ]);
    expect(tested("ghcr.io/cloudnative-pg/pgbouncer")).toEqual(["that of Debian 13"]);
  });

  test("shows the software that runs them", () => {
    const pairs = ground
      .trim()
      .split("\n")
      .map((line) => line.split(/ {2,}/));
    expect(Object.fromEntries(pairs)).toEqual({
      Kubernetes: pinnedVersion({ module: "k8s.io/kubernetes", toolchain: "kubernetes" }),
      etcd: expect.stringMatching(/^v3\./) as string,
      Pulumi: expect.stringMatching(/^v3\./) as string,
      "S3 store (versitygw)": expect.stringMatching(/^v1\./) as string,
    });
  });
});
