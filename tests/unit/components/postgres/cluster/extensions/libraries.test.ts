import { execFileSync } from "node:child_process";
import { RecoveryCluster, type PostgresClusterArgs } from "../../../../../../components";
import { CHECK_SCRIPT } from "../../../../../../components/postgres/cluster/initial-sql/script";
import { CLUSTER, declared, JOB, MINIMAL } from "../../../../support/cluster-fixtures";
import { crdErrors } from "../../../../support/crd-schema";
import { only, registrations, type Registration } from "../../../../support/registrations";

const DIGEST = `@sha256:${"0".repeat(64)}`;

interface Pod {
  containers: [{ image: string; command: string[]; env: object[]; volumeMounts: object[] }];
  volumes: object[];
}

function checkOf(all: Registration[]): Pod | undefined {
  const [job] = all.filter(({ type, name }) => type === JOB && name.endsWith("-sql-check"));
  return (job?.inputs["spec"] as { template: { spec: Pod } } | undefined)?.template.spec;
}

async function created(args: Partial<PostgresClusterArgs>) {
  const all = await declared({ ...MINIMAL, ...args });
  const cluster = only(all, CLUSTER);
  expect(crdErrors("Cluster", cluster.inputs)).toEqual([]);
  return {
    all,
    cluster,
    spec: cluster.inputs["spec"] as Record<string, unknown>,
    check: checkOf(all),
  };
}

describe("libraries", () => {
  test("are loaded in their order, and tried by a Job that the cluster waits for", async () => {
    const { cluster, check } = await created({
      sharedPreloadLibraries: ["timescaledb", "pg_stat_statements"],
      parameters: {
        "pg_stat_statements.max": "5000",
        "pgaudit.log": "ddl",
        "timescaledb.telemetry_level": "off",
      },
    });
    expect(cluster.inputs).toMatchObject({
      spec: { postgresql: { shared_preload_libraries: ["timescaledb", "pg_stat_statements"] } },
    });
    expect(cluster.dependsOn).toContain(`${JOB}::orders-sql-check`);
    expect(check?.containers[0].command.slice(3)).toEqual([
      ...["sql-check", "ORDERS_RW_SERVICE_HOST", "app", "app"],
      "--data-checksums\n--encoding=UTF8\n--locale-provider=builtin\n--builtin-locale=C.UTF-8",
      [
        "shared_preload_libraries = 'timescaledb,pg_stat_statements,pgaudit'",
        "wal_level = 'logical'",
        "pg_stat_statements.max = '5000'",
        "pgaudit.log = 'ddl'",
        "timescaledb.telemetry_level = 'off'",
      ].join("\n"),
      "timescaledb pg_stat_statements",
      "pgaudit pg_stat_statements",
    ]);
    expect(check?.containers[0].env).toBeUndefined();
    expect(check?.volumes).toEqual([{ name: "tmp", emptyDir: {} }]);
  });

  test("of a copy are tried without its SQL", async () => {
    const all = await registrations(
      () =>
        new RecoveryCluster("restored", {
          ...MINIMAL,
          source: {
            store: { destinationPath: "s3://backups/" },
            serverName: "orders-1",
          },
          database: { name: "shop", owner: "sales" },
          sharedPreloadLibraries: ["pg_cron"],
        }),
    );
    expect(checkOf(all)?.containers[0].command.slice(3)).toEqual([
      ...["sql-check", "RESTORED_RW_SERVICE_HOST", "", "", "--encoding=UTF8"],
      [
        "shared_preload_libraries = 'pg_cron'",
        "wal_level = 'logical'",
        "cron.use_background_workers = 'on'",
        "cron.database_name = 'shop'",
      ].join("\n"),
      ...["pg_cron", ""],
    ]);
    expect(only(all, CLUSTER).dependsOn).toContain(`${JOB}::restored-sql-check`);
  });

  test("that the operator loads by a parameter are tried, too", async () => {
    const { spec, check } = await created({ parameters: { "pgaudit.log": "ddl" } });
    expect(spec["postgresql"]).not.toHaveProperty("shared_preload_libraries");
    expect(check?.containers[0].command.slice(-2)).toEqual(["", "pgaudit"]);
  });

  test("need nothing to be tried if there are none", async () => {
    expect((await created({})).check).toBeUndefined();
  });

  test("are tried by a script that bash can read", () => {
    execFileSync("bash", ["-n", "-c", CHECK_SCRIPT]);
  });
});

describe("a catalogue", () => {
  test("has the image of the version, which is not known here: nothing can be tried", async () => {
    const { spec, check } = await created({
      version: 17,
      imageCatalog: { name: "images" },
      sharedPreloadLibraries: ["pg_cron"],
    });
    expect(spec["imageName"]).toBeUndefined();
    expect(spec["imageCatalogRef"]).toEqual({
      apiGroup: "postgresql.cnpg.io",
      kind: "ImageCatalog",
      name: "images",
      major: 17,
    });
    expect(check).toBeUndefined();
  });

  test("has an image that is known, with which libraries are tried", async () => {
    const image = `registry.example/pg${DIGEST}`;
    const { spec, check } = await created({
      imageCatalog: {
        name: "images",
        kind: "ClusterImageCatalog",
        image: `registry.example/pg:18${DIGEST}`,
      },
      sharedPreloadLibraries: ["pg_cron"],
    });
    expect(spec["imageCatalogRef"]).toMatchObject({ kind: "ClusterImageCatalog", major: 18 });
    expect(check?.containers[0].image).toBe(image.replace("pg@", "pg:18@"));
  });
});

describe("images of extensions", () => {
  const image = `registry.example/postgis:3.6${DIGEST}`;

  test("are mounted by the operator, and in the same way where SQL is tried", async () => {
    const { spec, check } = await created({
      database: { extensions: ["postgis", "vector"] },
      extensionImages: [
        { name: "pg_vector", image },
        {
          name: "postgis",
          image,
          extensionControlPath: ["usr/share"],
          dynamicLibraryPath: ["usr/lib/pg"],
          ldLibraryPath: ["usr/lib"],
          binPath: ["usr/bin"],
          env: { PROJ_DATA: "/extensions/postgis/usr/share/proj" },
        },
      ],
    });
    expect((spec["postgresql"] as Record<string, unknown>)["extensions"]).toEqual([
      { name: "pg_vector", image: { reference: image } },
      {
        name: "postgis",
        image: { reference: image },
        extension_control_path: ["usr/share"],
        dynamic_library_path: ["usr/lib/pg"],
        ld_library_path: ["usr/lib"],
        bin_path: ["usr/bin"],
        env: [{ name: "PROJ_DATA", value: "/extensions/postgis/usr/share/proj" }],
      },
    ]);
    const [container] = check?.containers ?? [];
    expect(check?.volumes).toEqual(
      expect.arrayContaining([
        { name: "ext-pg-vector", image: { reference: image } },
        { name: "ext-postgis", image: { reference: image } },
      ]),
    );
    expect(container?.volumeMounts).toContainEqual({
      name: "ext-pg-vector",
      mountPath: "/extensions/pg_vector",
      readOnly: true,
    });
    expect(container?.env).toEqual([
      { name: "PROJ_DATA", value: "/extensions/postgis/usr/share/proj" },
      { name: "LD_LIBRARY_PATH", value: "/extensions/postgis/usr/lib" },
    ]);
    expect(container?.command[8]?.split("\n")).toEqual(
      expect.arrayContaining([
        "extension_control_path = '$$system:/extensions/pg_vector/share:/extensions/postgis/usr/share'",
        "dynamic_library_path = '$$libdir:/extensions/pg_vector/lib:/extensions/postgis/usr/lib/pg'",
      ]),
    );
  });

  test("of a catalogue are chosen by name, and nothing can be tried", async () => {
    const { spec, check } = await created({
      imageCatalog: { name: "images", image: `registry.example/pg:18${DIGEST}` },
      database: { extensions: ["vector"] },
      extensionImages: [{ name: "vector" }],
    });
    expect((spec["postgresql"] as Record<string, unknown>)["extensions"]).toEqual([
      { name: "vector" },
    ]);
    expect(check).toBeUndefined();
  });
});
