import * as pulumi from "@pulumi/pulumi";
import {
  ImportedCluster,
  ImportMethod,
  ImportSslMode,
  type ImportedClusterArgs,
} from "../../../../../components";
import { CHECK_SCRIPT } from "../../../../../components/postgres/import/check/script";
import { computed } from "../../../support/backup-fixtures";
import {
  byId,
  CLUSTER,
  JOB,
  NETWORK_POLICY,
  PASSWORD,
  SECRET,
} from "../../../support/cluster-fixtures";
import { crdErrors } from "../../../support/crd-schema";
import { only, registrations, valueOf, type Registration } from "../../../support/registrations";

const IMPORT: ImportedClusterArgs = {
  namespace: "shop",
  storage: { size: "20Gi" },
  version: 17,
  server: {
    host: "db.example.com",
    user: "postgres",
    passwordSecret: { name: "old-db", key: "password" },
    caSecret: { name: "old-db-ca", key: "ca.crt" },
  },
  database: { name: "orders", owner: "sales" },
};

const PINNED = `registry.example/postgresql:17.11@sha256:${"0".repeat(64)}`;

const imported = (args: Partial<ImportedClusterArgs> = {}) =>
  registrations(() => new ImportedCluster("orders", { ...IMPORT, ...args }), { outputs: computed });

interface Spec {
  bootstrap: { initdb?: Record<string, unknown>; pg_basebackup?: Record<string, unknown> };
  externalClusters: unknown[];
}

function specOf(all: Registration[]): Spec {
  const { inputs } = only(all, CLUSTER);
  expect(crdErrors("Cluster", inputs)).toEqual([]);
  return inputs["spec"] as Spec;
}

interface Container {
  command: string[];
  env: { name: string; value: string }[];
  volumeMounts: { name: string; mountPath: string }[];
}

function checkOf(all: Registration[]) {
  const { inputs } = only(all, JOB, "orders-server-check");
  const { spec } = inputs as { spec: { template: { spec: Record<string, unknown> } } };
  const { containers, volumes } = spec.template.spec as {
    containers: [Container];
    volumes: unknown[];
  };
  const [{ env, ...container }] = containers;
  const variables = Object.fromEntries(env.map(({ name, value }) => [name, value]));
  return { ...container, variables, volumes };
}

const INITDB = {
  database: "orders",
  owner: "sales",
  secret: { name: "orders-owner-verifier" },
  encoding: "UTF8",
  dataChecksums: true,
  localeProvider: "builtin",
  builtinLocale: "C.UTF-8",
};

describe("ImportedCluster", () => {
  test("takes one database, once the server has been asked", async () => {
    const all = await imported();
    const spec = specOf(all);
    expect(spec.bootstrap).toEqual({
      initdb: {
        ...INITDB,
        import: {
          type: "microservice",
          source: { externalCluster: "server" },
          databases: ["orders"],
        },
      },
    });
    expect(spec.externalClusters).toEqual([
      {
        name: "server",
        connectionParameters: {
          host: "db.example.com",
          port: "5432",
          user: "postgres",
          dbname: "postgres",
          sslmode: "verify-full",
        },
        password: { name: "old-db", key: "password" },
        sslRootCert: { name: "old-db-ca", key: "ca.crt" },
      },
    ]);
    expect(byId(all).map(({ id }) => id)).toEqual([
      "ha-postgres:index:ImportedCluster::orders",
      `${JOB}::orders-server-check`,
      `${SECRET}::orders-owner`,
      `${SECRET}::orders-owner-verifier`,
      `${NETWORK_POLICY}::orders-network-policy`,
      `${CLUSTER}::orders-cluster`,
      `${PASSWORD}::orders-owner-password`,
    ]);
    const cluster = only(all, CLUSTER);
    expect(cluster.dependsOn).toContain(`${JOB}::orders-server-check`);
    expect(cluster.customTimeouts).toMatchObject({ create: "6h", update: "40m" });
    // Its poolers learn the cluster's name with it.
    expect(only(all, NETWORK_POLICY).dependsOn).toEqual([`${JOB}::orders-server-check`]);
  });

  test("tries its libraries once the server has been asked, and before there is a cluster", async () => {
    const all = await imported({ sharedPreloadLibraries: ["timescaledb"] });
    expect(only(all, JOB, "orders-sql-check").dependsOn).toEqual([`${JOB}::orders-server-check`]);
    for (const type of [NETWORK_POLICY, CLUSTER]) {
      expect(only(all, type).dependsOn).toEqual(
        expect.arrayContaining([`${JOB}::orders-server-check`, `${JOB}::orders-sql-check`]),
      );
    }
  });

  test.each(Object.values(ImportMethod))(
    "schedules jobs with the pg_cron of the data: %s",
    async (method) => {
      const all = await imported({
        import: { method },
        ...(method === ImportMethod.BaseBackup && { instances: 1 }),
        image: PINNED,
        sharedPreloadLibraries: ["pg_cron"],
        cronJobs: [{ name: "trim", schedule: "@daily", sql: "CALL trim()" }],
      });
      const job = only(all, JOB, "orders-cron");
      expect(job.dependsOn).toContain(`${CLUSTER}::orders-cluster`);
      // Without it there, or without the owner's right to it, the Job says what a superuser has to run.
      expect(JSON.stringify(job.inputs)).toContain("CREATE EXTENSION IF NOT EXISTS pg_cron");
    },
  );

  test("names the argument that loads a library", () => {
    expect(CHECK_SCRIPT).toContain("or add it to sharedPreloadLibraries.");
  });

  test("passes on what pg_dump and pg_restore are given", async () => {
    const content = {
      databases: ["legacy"],
      schemaOnly: true,
      postImportApplicationSQL: ["ANALYZE"],
      pgDumpExtraOptions: ["--jobs=4"],
      pgRestoreExtraOptions: ["--jobs=2"],
      pgRestorePredataOptions: ["--no-comments"],
      pgRestoreDataOptions: ["--disable-triggers"],
      pgRestorePostdataOptions: ["--jobs=1"],
    };
    const { bootstrap } = specOf(await imported({ import: content, timeout: "90m" }));
    expect(bootstrap.initdb?.["import"]).toEqual({
      type: "microservice",
      source: { externalCluster: "server" },
      ...content,
    });
  });

  test.each([
    [{ databases: ["orders", "audit"] }, { databases: ["orders", "audit"], roles: ["*"] }],
    [{}, { databases: ["orders"], roles: ["*"] }],
    [
      { databases: ["*"], roles: ["reader"] },
      { databases: ["*"], roles: ["reader"] },
    ],
    [{ roles: [] }, { databases: ["orders"] }],
  ])("takes databases with their roles: %p", async (content, declared) => {
    const all = await imported({ import: { method: ImportMethod.Monolith, ...content } });
    expect(specOf(all).bootstrap.initdb?.["import"]).toEqual({
      type: "monolith",
      source: { externalCluster: "server" },
      ...declared,
    });
  });

  test("takes a base backup, by a client certificate", async () => {
    const all = await imported({
      import: { method: ImportMethod.BaseBackup },
      server: { host: "10.0.0.7", port: 5433, user: "streaming_replica", tlsSecret: "replication" },
    });
    const spec = specOf(all);
    expect(spec.bootstrap).toEqual({
      pg_basebackup: {
        source: "server",
        database: "orders",
        owner: "sales",
        secret: { name: "orders-owner-verifier" },
      },
    });
    expect(spec.externalClusters).toEqual([
      {
        name: "server",
        connectionParameters: {
          host: "10.0.0.7",
          port: "5433",
          user: "streaming_replica",
          dbname: "postgres",
          sslmode: "require",
        },
        sslCert: { name: "replication", key: "tls.crt" },
        sslKey: { name: "replication", key: "tls.key" },
      },
    ]);
  });

  test("may trust a network without TLS", async () => {
    const server = { ...IMPORT.server, caSecret: undefined, sslMode: ImportSslMode.Disable };
    const [external] = specOf(await imported({ server: server })).externalClusters;
    expect(external).toMatchObject({ connectionParameters: { sslmode: "disable" } });
    expect(external).not.toHaveProperty("sslRootCert");
  });
});

describe("the check of the server", () => {
  test("has what the import has, and no password in the Job", async () => {
    const check = checkOf(await imported({ parameters: { "pgaudit.log": "ddl" } }));
    expect(check.command).toEqual([
      ...["bash", "-c", CHECK_SCRIPT, "server-check", "ORDERS_RW_SERVICE_HOST"],
    ]);
    const { IMPORT_NOT_LOADED: notLoaded = "", ...variables } = check.variables;
    expect(variables).toEqual({
      PGHOST: "db.example.com",
      PGPORT: "5432",
      PGUSER: "postgres",
      PGSSLMODE: "verify-full",
      PGSSLROOTCERT: "/server/ca/ca.crt",
      PGCONNECT_TIMEOUT: "8",
      PGAPPNAME: "ha-postgres",
      PGOPTIONS: "-c statement_timeout=20s -c client_min_messages=error",
      IMPORT_METHOD: "microservice",
      IMPORT_DATABASES: "orders",
      IMPORT_ROLES: "",
      IMPORT_DATABASE: "orders",
      IMPORT_OWNER: "sales",
      IMPORT_ENCODING: "UTF8",
      IMPORT_STORAGE: String(20 * 2 ** 30),
      IMPORT_FLAGS: "",
      IMPORT_password: "old-db",
      IMPORT_password_FILES: "value",
      IMPORT_ca: "old-db-ca",
      IMPORT_ca_FILES: "ca.crt",
    });
    // One of its parameters makes the operator load it.
    expect(notLoaded.split("\n")).not.toContain("pgaudit");
    expect(notLoaded.split("\n")).toContain("pg_cron");
    expect(check.volumes).toEqual([
      { name: "tmp", emptyDir: {} },
      {
        name: "password",
        secret: {
          secretName: "old-db",
          items: [{ key: "password", path: "value" }],
          defaultMode: 0o440,
          optional: true,
        },
      },
      {
        name: "ca",
        secret: {
          secretName: "old-db-ca",
          items: [{ key: "ca.crt", path: "ca.crt" }],
          defaultMode: 0o440,
          optional: true,
        },
      },
    ]);
    expect(check.volumeMounts).toEqual([
      { name: "tmp", mountPath: "/tmp" },
      { name: "password", mountPath: "/server/password", readOnly: true },
      { name: "ca", mountPath: "/server/ca", readOnly: true },
    ]);
  });

  test.each([
    [{}, {}, ""],
    [{ schemaOnly: true }, {}, "schema-only"],
    [{ pgDumpExtraOptions: ["--exclude-schema=audit"] }, {}, "partial"],
    [{ pgDumpExtraOptions: ["-Naudit", "--jobs=2"] }, {}, "partial"],
    [{ pgRestoreExtraOptions: ["--no-tablespaces"] }, {}, "no-tablespaces"],
    [
      {},
      { version: 18, extensionImages: [{ name: "vector", image: "registry.example/vector:0.8" }] },
      "extension-images",
    ],
    [{}, { imageCatalog: { name: "images" } }, "unknown-image"],
    [{}, { imageCatalog: { name: "images", image: PINNED } }, ""],
  ])("does not ask what does not matter: %p %p", async (content, args, flags) => {
    const all = await imported({ import: content, ...args });
    expect(checkOf(all).variables["IMPORT_FLAGS"]).toBe(flags);
  });

  test("reads a key that nobody else can", async () => {
    const server = { host: "db.example.com", user: "reader", tlsSecret: "reader-tls" };
    const check = checkOf(await imported({ server }));
    expect(check.variables).toMatchObject({
      PGSSLCERT: "/server/tls/tls.crt",
      PGSSLKEY: "/server/tls/tls.key",
      IMPORT_tls: "reader-tls",
      IMPORT_tls_FILES: "tls.crt tls.key",
    });
    expect(check.volumes).toContainEqual({
      name: "tls",
      secret: {
        secretName: "reader-tls",
        items: [
          { key: "tls.crt", path: "tls.crt" },
          { key: "tls.key", path: "tls.key" },
        ],
        defaultMode: 0o440,
        optional: true,
      },
    });
  });

  test("is told a host that another resource makes, and takes it word for word", async () => {
    const host = pulumi.output("db-$(NAME).example.com");
    const check = checkOf(await imported({ server: { ...IMPORT.server, host } }));
    expect(check.variables["PGHOST"]).toBe("db-$$(NAME).example.com");
  });
});

test("has the outputs of a database", async () => {
  let cluster: ImportedCluster | undefined;
  await registrations(() => (cluster = new ImportedCluster("orders", IMPORT)), {
    outputs: computed,
  });
  if (!cluster) throw new Error("There is no cluster.");
  expect(await valueOf(cluster.hostRw)).toBe("orders-rw.shop.svc");
  expect(await valueOf(cluster.database)).toBe("orders");
  expect(await valueOf(cluster.user)).toBe("sales");
  expect(await valueOf(cluster.ownerSecretName)).toBe("orders-app");
});
