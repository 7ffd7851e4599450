import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readDefinitions } from "../../../../components/kubernetes/definitions";
import { definitionsFile, undescribed } from "../../../../sandbox/crds/definitions";
import { pinnedVersion } from "../../../../sandbox/crds/module";
import { crdKind, type CrdManifest, type CrdSchemas } from "../../../../sandbox/crds/schema";
import { CRD_SOURCES } from "../../../../sandbox/crds/sources";
import { celRules, crdErrors } from "../../support/crd-schema";

const ROOT = join(__dirname, "../../../..");
const committed = (name: string) => readFileSync(join(ROOT, "components/crds", name), "utf8");

/** What the components install beside a chart, by the name of its source. */
const INSTALLED = ["chaos-mesh", "prometheus-operator", "sealed-secrets"];

describe("the committed definitions", () => {
  test.each(CRD_SOURCES)("of $name are those of the version that the sandbox runs", (source) => {
    const schemas = JSON.parse(committed(`schemas/${source.name}.json`)) as CrdSchemas;
    expect(schemas.version).toBe(pinnedVersion(source));
    expect(Object.keys(schemas.kinds)).toEqual(Object.keys(source.files));
  });

  test("that a component installs are those of the sources that say so", () => {
    const sources = CRD_SOURCES.filter((source) => source.chartDefinitions !== undefined);
    expect(INSTALLED).toEqual(sources.map(({ name }) => name));
  });

  test.each(INSTALLED)(
    "that a component installs of %s are of that version, without descriptions",
    (name) => {
      const source = CRD_SOURCES.find((candidate) => candidate.name === name);
      if (!source) throw new Error(`There is no source ${name}.`);
      const manifests = readDefinitions(name) as unknown as CrdManifest[];
      const { module } = source;
      const generated = definitionsFile({ module, version: pinnedVersion(source), manifests });
      expect(generated).toBe(committed(`definitions/${name}.json`));
      const { kinds } = JSON.parse(committed(`schemas/${name}.json`)) as CrdSchemas;
      for (const [kind, { schema }] of Object.entries(kinds)) {
        const manifest = manifests.find(({ spec }) => spec.names.kind === kind);
        if (!manifest) throw new Error(`${kind} is not among the definitions.`);
        expect(crdKind(manifest, source.untyped?.[kind]).schema).toEqual(undescribed(schema));
      }
    },
  );

  test("give the committed interfaces when generated again", () => {
    // In a process of its own: the formatter loads itself in a way that jest does not allow.
    const generator = join(ROOT, "sandbox/crds/generate.ts");
    const text = execFileSync(process.execPath, [generator, "--from-committed"], {
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    });
    expect(text).toBe(CRD_SOURCES.map(({ name }) => committed(`${name}.ts`)).join(""));
  }, 60_000);
});

describe("crdErrors", () => {
  const pooler = {
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Pooler",
    metadata: { name: "app-pooler", namespace: "app" },
    spec: {
      cluster: { name: "app" },
      type: "rw",
      pgbouncer: { poolMode: "transaction", parameters: { default_pool_size: "20" } },
    },
  };
  const broken = (spec: object) =>
    crdErrors("Pooler", { ...pooler, spec: { ...pooler.spec, ...spec } });

  test("takes a good object, with unset values in it", () => {
    expect(crdErrors("Pooler", pooler)).toEqual([]);
    expect(broken({ instances: undefined })).toEqual([]);
  });

  test("refuses an unknown field at any depth", () => {
    expect(broken({ replicas: 2 })).toEqual(["spec.replicas: unknown field"]);
    expect(broken({ pgbouncer: { poolmode: "session" } })).toEqual([
      "spec.pgbouncer.poolmode: unknown field",
    ]);
  });

  test("refuses wrong types, values outside an enum and values outside a format", () => {
    expect(broken({ instances: "2" })).toEqual(["spec.instances: must be integer"]);
    expect(broken({ type: "rx" })).toEqual(["spec.type: must be one of rw, ro, r"]);
    expect(broken({ instances: 2 ** 31 })).toEqual(['spec.instances: must match format "int32"']);
  });

  test("refuses what is missing, in the object and in its metadata", () => {
    expect(broken({ pgbouncer: undefined })).toEqual([
      "spec: must have required property 'pgbouncer'",
    ]);
    expect(crdErrors("Pooler", { ...pooler, metadata: { name: "App" } })).toHaveLength(1);
    expect(crdErrors("Pooler", { ...pooler, apiVersion: "v1" })).toEqual([
      "apiVersion: must be postgresql.cnpg.io/v1",
    ]);
  });

  test("takes an int-or-string as either and refuses others", () => {
    const surge = (maxSurge: unknown) =>
      broken({ deploymentStrategy: { rollingUpdate: { maxSurge } } });
    expect(surge(1)).toEqual([]);
    expect(surge("25%")).toEqual([]);
    expect(surge(true)).not.toEqual([]);
  });

  test("takes any key of a map, and only values of its type", () => {
    expect(broken({ pgbouncer: { parameters: { anything: "1" } } })).toEqual([]);
    expect(broken({ pgbouncer: { parameters: { max_client_conn: 1 } } })).toEqual([
      "spec.pgbouncer.parameters.max_client_conn: must be string",
    ]);
  });

  test("refuses the same key twice in a list that is a map", () => {
    const image = { reference: "registry.example/vector:0.8.0" };
    const cluster = (...names: string[]) => ({
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "Cluster",
      metadata: { name: "app" },
      spec: {
        instances: 3,
        postgresql: { extensions: names.map((name) => ({ name, image })) },
      },
    });
    expect(crdErrors("Cluster", cluster("vector", "postgis"))).toEqual([]);
    expect(crdErrors("Cluster", cluster("vector", "vector"))).toEqual([
      "spec.postgresql.extensions: must not hold the same item twice",
    ]);
  });

  test("lists the CEL rules that it does not judge", () => {
    expect(celRules("Pooler")).toEqual([
      "spec.cluster: self == oldSelf",
      "spec.pgbouncer: !(has(self.image) && has(self.imageCatalogRef))",
      "spec.pgbouncer.imageCatalogRef: self.kind == 'ImageCatalog' || self.kind == 'ClusterImageCatalog'",
      "spec.pgbouncer.imageCatalogRef: self.apiGroup == 'postgresql.cnpg.io'",
      "spec.serviceAccountName: self == oldSelf",
    ]);
  });
});
