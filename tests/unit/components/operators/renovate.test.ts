/**
 * Renovate silently skips pins that none of its expressions finds. So the expressions are tested here on their files: every
 * pin is found, and is in the same pull request as the pins that must change with it.
 */
import { globSync, readFileSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import * as versions from "../../../../components/operators/versions";

const ROOT = join(__dirname, "../../../..");

interface Manager {
  managerFilePatterns: string[];
  matchStrings: string[];
  matchStringsStrategy?: "recursive";
  depNameTemplate?: string;
}

interface PackageRule {
  groupName?: string;
  matchPackageNames?: string[];
  versioning?: string;
  enabled?: boolean;
}

type Groups = Record<string, string | undefined>;

const { customManagers, packageRules } = JSON.parse(
  readFileSync(join(ROOT, "renovate.json"), "utf8"),
) as { customManagers: Manager[]; packageRules: PackageRule[] };

const sources = globSync(
  [
    "components/operators/*.ts",
    "components/postgres/image/*.ts",
    "sandbox/*.ts",
    "sandbox/charts/*.ts",
  ],
  { cwd: ROOT },
).map((file) => ({ file, text: readFileSync(join(ROOT, file), "utf8") }));

function filesOf({ managerFilePatterns }: Manager) {
  const patterns = managerFilePatterns.map((pattern) => new RegExp(pattern.slice(1, -1)));
  return sources.filter(({ file }) => patterns.some((pattern) => pattern.test(file)));
}

/** The pins that Renovate finds with one expression, or with a recursive manager's: each searches the previous match. */
function search(expressions: string[], text: string, outer: Groups = {}): Groups[] {
  const [expression, ...deeper] = expressions;
  if (expression === undefined) return [outer];
  return [...text.matchAll(new RegExp(expression, "g"))].flatMap((match) =>
    search(deeper, match[0], { ...outer, ...match.groups }),
  );
}

const found = customManagers.flatMap((manager) => {
  const { matchStrings, matchStringsStrategy, depNameTemplate = "" } = manager;
  const searches = matchStringsStrategy ? [matchStrings] : matchStrings.map((one) => [one]);
  return searches.map((expressions) => ({
    expression: expressions.join(" "),
    pins: filesOf(manager).flatMap(({ file, text }) =>
      search(expressions, text).map(({ depName, currentValue, currentDigest }) => ({
        file,
        name: depName ?? depNameTemplate,
        version: currentValue ?? "",
        digest: currentDigest,
      })),
    ),
  }));
});
const pins = found.flatMap((one) => one.pins);

/** Every chart and image of versions.ts, from the file's values. */
function pinned(value: unknown): object[] {
  if (typeof value === "string") {
    const [, name, version, digest] = /^([^@]+):([^:@]+)(?:@(.+))?$/.exec(value) ?? [];
    return [{ name, version, digest }];
  }
  const { chart, repository, version, tag, digest, ...others } = value as Groups;
  if (chart !== undefined) return [{ name: chart, version, digest: undefined }];
  if (repository !== undefined) return [{ name: repository, version: tag, digest }];
  return Object.values(others).flatMap(pinned);
}

const sorted = (all: object[]) => all.map((one) => JSON.stringify(one)).sort();

describe("Renovate finds", () => {
  test.each(found)("something with $expression", (one) => {
    expect(one.pins.length).toBeGreaterThan(0);
  });

  test("every pinned chart and image with its version and digest, and nothing twice", () => {
    const { POSTGRES_IMAGE, ...all } = versions;
    expect(Object.values(all.POSTGRES_IMAGES)).toContain(POSTGRES_IMAGE);
    const ofPackage = pins
      .filter(({ file }) => file === "components/operators/versions.ts")
      .map(({ name, version, digest }) => ({ name, version, digest }));
    expect(sorted(ofPackage)).toEqual(sorted(pinned(all)));
  });

  test("the sandbox's versions of the package's components", () => {
    const ofSandbox = new Set(pins.map(({ file, name }) => `${file} ${name}`));
    for (const place of [
      "sandbox/parts.ts cloudnative-pg/cloudnative-pg",
      "sandbox/charts/cloudnative-pg.ts cloudnative-pg/cloudnative-pg",
      "sandbox/charts/cloudnative-pg.ts cloudnative-pg",
      "sandbox/platform-images.ts cert-manager/cert-manager",
      "sandbox/platform-parts.ts cert-manager/cert-manager",
      "sandbox/chart-parts.ts cert-manager/cert-manager",
      "sandbox/platform-images.ts cloudnative-pg/plugin-barman-cloud",
      "sandbox/charts/plugin-barman-cloud.ts cloudnative-pg/plugin-barman-cloud",
      "sandbox/platform-images.ts prometheus-operator/prometheus-operator",
      "sandbox/charts/kube-prometheus-stack.ts prometheus-operator/prometheus-operator",
      "sandbox/platform-parts.ts prometheus-operator/prometheus-operator",
      "sandbox/charts/kube-prometheus-stack.ts kube-prometheus-stack",
      "sandbox/platform-images.ts bitnami/sealed-secrets",
      "sandbox/parts.ts kubernetes/kubernetes",
    ]) {
      expect(ofSandbox).toContain(place);
    }
  });

  test("only one version of each name in the sandbox, except for a leading v and the base image", () => {
    const bare = (version: string) => version.replace(/^v/, "").replace(/-distroless$/, "");
    const ofSandbox = pins.filter(({ file }) => file.startsWith("sandbox/"));
    for (const name of new Set(ofSandbox.map((pin) => pin.name))) {
      const all = ofSandbox.filter((pin) => pin.name === name).map(({ version }) => bare(version));
      expect([name, ...new Set(all)]).toEqual([name, all[0]]);
    }
  });
});

describe("Renovate's pull requests", () => {
  const rulesOf = (name: string) =>
    packageRules.filter(({ matchPackageNames = [] }) =>
      matchPackageNames.some((glob) => glob === name || matchesGlob(name, glob)),
    );
  const groupOf = (name: string) => {
    const rule = rulesOf(name).find(({ groupName, enabled }) => groupName ?? enabled === false);
    return rule && (rule.groupName ?? "disabled");
  };

  test.each([...new Set(pins.map(({ name }) => name))])("have a group for %s", (name) => {
    expect(groupOf(name)).toBeDefined();
  });

  test.each([
    [
      "cloudnative-pg",
      "ghcr.io/cloudnative-pg/cloudnative-pg",
      "github.com/cloudnative-pg/cloudnative-pg",
    ],
    [
      "plugin-barman-cloud",
      "ghcr.io/cloudnative-pg/plugin-barman-cloud-sidecar",
      "github.com/cloudnative-pg/plugin-barman-cloud",
    ],
    [
      "cert-manager",
      "quay.io/jetstack/cert-manager-webhook",
      "github.com/cert-manager/cert-manager",
    ],
    [
      "kube-prometheus-stack",
      "docker.io/grafana/grafana",
      "github.com/prometheus-operator/prometheus-operator",
    ],
    ["rook-ceph", "quay.io/ceph/ceph", "github.com/rook/rook"],
    ["kubernetes/kubernetes", "k8s.io/kubernetes", "k8s.io/client-go"],
  ])("move %s together with %s and %s", (...names) => {
    expect(new Set(names.map(groupOf)).size).toBe(1);
  });

  test("offer newer builds and minors of PostgreSQL and PgBouncer for the same kind of image", () => {
    for (const image of [versions.POSTGRES_IMAGE, versions.PGBOUNCER_IMAGE]) {
      const [, name = "", tag = ""] = /^([^@]+):([^:@]+)@/.exec(image) ?? [];
      const versioning = rulesOf(name).find((rule) => rule.versioning)?.versioning ?? "";
      const scheme = new RegExp(versioning.replace(/^regex:/, ""));
      expect(scheme.exec(tag)?.groups?.["build"]).toMatch(/^\d{12}$/);
      expect(scheme.test(tag.replace("trixie", "bookworm"))).toBe(false);
    }
  });

  test("never offer a major of PostgreSQL", () => {
    const major = rulesOf("ghcr.io/cloudnative-pg/postgresql").filter(
      (rule) => !(rule.enabled ?? true),
    );
    expect(major).toEqual([expect.objectContaining({ matchUpdateTypes: ["major"] })]);
  });
});
