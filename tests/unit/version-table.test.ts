import * as versions from "../../components/operators/versions";
import { groundRows, versionRows } from "../../ops/version-table";
import { pinnedVersion } from "../../sandbox/crds/module";

const [title, ...rows] = versionRows();

/** Every version that versions.ts says, wherever in it: of charts, and of images in one piece or in two. */
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

  test("says from when each is: its release, its pin or its build", () => {
    expect(title).toEqual(["PINNED", "VERSION", "FROM", "END-TO-END TESTS RUN"]);
    for (const [name = "", , from] of rows) {
      // What is below a chart is of the chart's day.
      expect([name, from]).toEqual([
        name,
        name.startsWith("  ") ? "" : expect.stringMatching(/^\d{4}-\d\d-\d\d( \(pinned\))?$/),
      ]);
    }
    const { chart, released } = versions.CHAOS_MESH_CHART;
    expect(row(`chart ${chart}`)[0]?.[2]).toBe(released);
  });

  test("says what the end-to-end tests run of it, and where they run something else or nothing", () => {
    const { CLOUDNATIVE_PG_IMAGE: operator, CERT_MANAGER_IMAGES: certManager } = versions;
    const tested = (name: string) => row(name).map((cells) => cells[3]);
    expect(tested(operator.repository)).toEqual([operator.tag]);
    expect(tested(certManager.webhook.repository)).toEqual([certManager.webhook.tag]);
    expect(tested(certManager.acmesolver.repository)).toEqual(["-"]);
    expect(tested(versions.CHAOS_MESH_IMAGES.controllerManager.repository)).toEqual([
      "v2.8.4-47411975a8cb",
    ]);
    expect(tested("chart sealed-secrets")).toEqual(["2.19.3"]);
    expect(tested("chart rook-ceph")).toEqual(["its definitions alone"]);
    expect(tested("chart traefik")).toEqual(["-"]);
    expect(tested("ghcr.io/cloudnative-pg/postgresql")).toEqual([
      "-",
      "-",
      "PostgreSQL 17 of Debian 13",
      "-",
    ]);
    expect(tested("ghcr.io/cloudnative-pg/pgbouncer")).toEqual(["that of Debian 13"]);
  });

  test("says what they run it on", () => {
    expect(Object.fromEntries(groundRows())).toEqual({
      Kubernetes: pinnedVersion({ module: "k8s.io/kubernetes", toolchain: "kubernetes" }),
      etcd: expect.stringMatching(/^v3\./) as string,
      Pulumi: expect.stringMatching(/^v3\./) as string,
      "S3 store (versitygw)": expect.stringMatching(/^v1\./) as string,
    });
  });
});
