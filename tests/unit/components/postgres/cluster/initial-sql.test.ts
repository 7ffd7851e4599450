import { execFileSync } from "node:child_process";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterDatabaseArgs, PostgresClusterArgs } from "../../../../../components";
import { serviceVariable } from "../../../../../components/kubernetes/service-variable";
import { CHECK_SCRIPT } from "../../../../../components/postgres/cluster/initial-sql/script";
import {
  CLUSTER,
  CONFIG_MAP,
  DATABASE,
  declared,
  LABELS,
  MINIMAL,
  NETWORK_POLICY,
  SECRET,
} from "../../../support/cluster-fixtures";
import { crdErrors } from "../../../support/crd-schema";
import { only, secret } from "../../../support/registrations";

/** What the script does before it makes a server. */
const BEFORE_SERVER = CHECK_SCRIPT.slice(0, CHECK_SCRIPT.indexOf("export PGDATA"));

const JOB = "kubernetes:batch/v1:Job";
const name = "orders-schema";

async function created(database: ClusterDatabaseArgs, more: Partial<PostgresClusterArgs> = {}) {
  const all = await declared({ ...MINIMAL, ...more, database });
  const cluster = only(all, CLUSTER);
  expect(crdErrors("Cluster", cluster.inputs)).toEqual([]);
  const spec = cluster.inputs["spec"] as { bootstrap: { initdb: Record<string, unknown> } };
  return { all, cluster, initdb: spec.bootstrap.initdb };
}

describe("SQL at creation", () => {
  test("runs in each database as declared, from ConfigMaps as long as nothing is secret", async () => {
    const { all, initdb } = await created({
      name: "shop",
      owner: "sales",
      extensions: ["pg_trgm"],
      schema: ["CREATE TABLE a ()"],
      sql: [
        { in: "postgres", sql: "CREATE ROLE readers" },
        { in: "postgres", configMap: { name: "platform", key: "roles.sql" } },
        { in: "template1", sql: "REVOKE ALL ON SCHEMA public FROM PUBLIC" },
        { as: "superuser", sql: "CREATE PUBLICATION all_tables FOR ALL TABLES" },
        { as: "owner", sql: "CREATE TABLE b ()" },
        { as: "superuser", configMap: { name: "reports", key: "views.sql" } },
      ],
    });
    expect(initdb).toMatchObject({
      postInitSQLRefs: {
        configMapRefs: [
          { name, key: "postgres-001.sql" },
          { name: "platform", key: "roles.sql" },
        ],
      },
      postInitTemplateSQLRefs: { configMapRefs: [{ name, key: "template1-001.sql" }] },
      postInitApplicationSQLRefs: {
        configMapRefs: [
          { name, key: "000-extensions.sql" },
          { name, key: "001-schema.sql" },
          { name, key: "002-schema.sql" },
          { name, key: "003-schema.sql" },
          { name: "reports", key: "views.sql" },
        ],
      },
    });
    expect(only(all, CONFIG_MAP).inputs["data"]).toEqual({
      "postgres-001.sql": "CREATE ROLE readers",
      "template1-001.sql": "REVOKE ALL ON SCHEMA public FROM PUBLIC",
      "000-extensions.sql": 'CREATE EXTENSION IF NOT EXISTS "pg_trgm";\n',
      "001-schema.sql": 'SET ROLE "sales";\nCREATE TABLE a ()\n;\nRESET ROLE;\n',
      "002-schema.sql": "CREATE PUBLICATION all_tables FOR ALL TABLES",
      "003-schema.sql": 'SET ROLE "sales";\nCREATE TABLE b ()\n;\nRESET ROLE;\n',
    });
  });

  test("is in a Secret up to the last piece that must be, and keeps its order", async () => {
    const { all, initdb } = await created({
      extensions: ["citext"],
      schema: ["CREATE TABLE a ()"],
      sql: [
        { as: "superuser", secret: { name: "foreign", key: "servers.sql" } },
        { sql: pulumi.secret("CREATE TABLE b ()") },
        { sql: "CREATE TABLE c ()" },
        { as: "superuser", configMap: { name: "reports", key: "views.sql" } },
      ],
    });
    expect(initdb["postInitApplicationSQLRefs"]).toEqual({
      secretRefs: [
        { name, key: "000-extensions.sql" },
        { name, key: "001-schema.sql" },
        { name: "foreign", key: "servers.sql" },
        { name, key: "003-schema.sql" },
      ],
      configMapRefs: [
        { name, key: "004-schema.sql" },
        { name: "reports", key: "views.sql" },
      ],
    });
    expect(only(all, SECRET, "orders-schema").inputs["stringData"]).toEqual(
      secret({
        "000-extensions.sql": 'CREATE EXTENSION IF NOT EXISTS "citext";\n',
        "001-schema.sql": 'SET ROLE "app";\nCREATE TABLE a ()\n;\nRESET ROLE;\n',
        "003-schema.sql": 'SET ROLE "app";\nCREATE TABLE b ()\n;\nRESET ROLE;\n',
      }),
    );
    expect(only(all, CONFIG_MAP).inputs["data"]).toEqual({
      "004-schema.sql": 'SET ROLE "app";\nCREATE TABLE c ()\n;\nRESET ROLE;\n',
    });
  });

  test("creates extensions in their schema and version, in the first database and in others", async () => {
    const extensionOptions = { pg_trgm: { schema: "search", version: "1.6" } };
    const { all } = await created(
      {
        extensions: ["pg_trgm", "citext", "hstore"],
        extensionOptions: { ...extensionOptions, citext: { schema: "public" } },
      },
      { databases: [{ name: "audit", extensions: ["pg_trgm", "citext"], extensionOptions }] },
    );
    expect(only(all, CONFIG_MAP).inputs["data"]).toEqual({
      "000-extensions.sql":
        'CREATE SCHEMA IF NOT EXISTS "search" AUTHORIZATION "app";\n' +
        'CREATE EXTENSION IF NOT EXISTS "pg_trgm" SCHEMA "search" VERSION \'1.6\';\n' +
        'CREATE EXTENSION IF NOT EXISTS "citext" SCHEMA "public";\n' +
        'CREATE EXTENSION IF NOT EXISTS "hstore";\n',
    });
    const database = only(all, DATABASE).inputs;
    expect(database["spec"]).toEqual({
      cluster: { name: "orders" },
      name: "audit",
      owner: "app",
      ensure: "present",
      databaseReclaimPolicy: "retain",
      schemas: [{ name: "search", owner: "app", ensure: "present" }],
      extensions: [
        { name: "pg_trgm", ensure: "present", schema: "search", version: "1.6" },
        { name: "citext", ensure: "present" },
      ],
    });
    expect(crdErrors("Database", database)).toEqual([]);
  });
});

describe("the Job that tries it before there is a cluster", () => {
  test("is exactly this one, and the cluster waits for it", async () => {
    const { all, cluster } = await created(
      {
        name: "shop",
        owner: "sales",
        sql: [
          { in: "postgres", as: "superuser", secret: { name: "platform", key: "roles.sql" } },
          { sql: "CREATE TABLE a ()" },
        ],
      },
      {
        image: "registry.example/postgresql:18.1-standard@sha256:0",
        parameters: { "pg_stat_statements.max": "5000", work_mem: "8MB" },
        placement: { nodeSelector: { pool: "database" } },
        labels: { "example.com/team": "sales" },
      },
    );
    const job = only(all, JOB);
    expect(cluster.dependsOn).toContain(`${JOB}::orders-sql-check`);
    expect(job.dependsOn).toContain(`${CONFIG_MAP}::orders-schema`);
    // Its poolers learn the cluster's name with it, and would wait for 20 minutes.
    expect(only(all, NETWORK_POLICY).dependsOn).toEqual([`${JOB}::orders-sql-check`]);
    const labels = {
      ...LABELS,
      "app.kubernetes.io/component": "sql-check",
      "example.com/team": "sales",
    };
    expect(job.inputs).toEqual({
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: {
        name: "orders-sql-check",
        namespace: "shop",
        labels,
        annotations: { "pulumi.com/replaceUnready": "true" },
      },
      spec: {
        backoffLimit: 0,
        podFailurePolicy: {
          rules: [
            { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] },
          ],
        },
        template: {
          metadata: {
            labels,
            annotations: { "sidecar.istio.io/inject": "false", "linkerd.io/inject": "disabled" },
          },
          spec: {
            restartPolicy: "Never",
            automountServiceAccountToken: false,
            enableServiceLinks: true,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 26,
              runAsGroup: 26,
              fsGroup: 26,
              seccompProfile: { type: "RuntimeDefault" },
            },
            nodeSelector: { pool: "database" },
            containers: [
              {
                name: "sql-check",
                image: "registry.example/postgresql:18.1-standard@sha256:0",
                command: [
                  ...["bash", "-c", CHECK_SCRIPT, "sql-check"],
                  ...["ORDERS_RW_SERVICE_HOST", "shop", "sales"],
                  "--data-checksums\n--encoding=UTF8\n--locale-provider=builtin\n--builtin-locale=C.UTF-8",
                  "shared_preload_libraries = 'pg_stat_statements'\nwal_level = 'logical'\npg_stat_statements.max = '5000'",
                  ...["", "pg_stat_statements"],
                  ...["postgres", "000.sql", "database.sql[0]", "", "hidden"],
                  ...["app", "001.sql", "database.sql[1].sql", "sales", "shown"],
                ],
                resources: {
                  requests: { cpu: "500m", memory: "512Mi" },
                  limits: { cpu: "500m", memory: "512Mi" },
                },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  capabilities: { drop: ["ALL"] },
                  readOnlyRootFilesystem: true,
                },
                volumeMounts: [
                  { name: "tmp", mountPath: "/tmp" },
                  { name: "sql", mountPath: "/sql", readOnly: true },
                ],
              },
            ],
            volumes: [
              { name: "tmp", emptyDir: {} },
              {
                name: "sql",
                projected: {
                  sources: [
                    {
                      secret: {
                        name: "platform",
                        items: [{ key: "roles.sql", path: "000.sql" }],
                      },
                    },
                    {
                      configMap: {
                        name,
                        items: [{ key: "001-schema.sql", path: "001.sql" }],
                      },
                    },
                  ],
                },
              },
            ],
          },
        },
      },
    });
  });

  /** The Job for SQL that needs what is in the pods of the cluster. */
  async function tried(more: Partial<PostgresClusterArgs>) {
    const { all } = await created({ sql: [{ sql: "CREATE TABLE a ()" }] }, more);
    const { spec } = only(all, JOB).inputs as unknown as {
      spec: {
        template: {
          spec: {
            securityContext: object;
            volumes: object[];
            containers: [{ command: string[]; volumeMounts: object[] }];
          };
        };
      };
    };
    const pod = spec.template.spec;
    const [container] = pod.containers;
    const settings = (container.command[8] ?? "").split("\n");
    return { pod, container, settings };
  }

  test("has the files and the environment that the cluster has", async () => {
    const { pod, container } = await tried({
      timeZone: "Europe/Berlin",
      env: [
        { name: "HOME", value: "/projected" },
        { name: "KRB5_CONFIG", secret: { name: "kerberos", key: "path" } },
        { name: "LC_TIME", configMap: { name: "locale", key: "time" } },
      ],
      files: [{ configMap: "terms" }, { secret: "foreign", key: "ca", path: "tls/ca.crt" }],
      spec: { envFrom: [{ secretRef: { name: "more" } }] },
    });
    expect(container).toMatchObject({
      env: [
        { name: "TZ", value: "Europe/Berlin" },
        { name: "HOME", value: "/projected" },
        { name: "KRB5_CONFIG", valueFrom: { secretKeyRef: { name: "kerberos", key: "path" } } },
        { name: "LC_TIME", valueFrom: { configMapKeyRef: { name: "locale", key: "time" } } },
      ],
      envFrom: [{ secretRef: { name: "more" } }],
    });
    expect(container.volumeMounts[2]).toEqual({ name: "files", mountPath: "/projected" });
    expect(pod.volumes[2]).toEqual({
      name: "files",
      projected: {
        sources: [
          { configMap: { name: "terms" } },
          { secret: { name: "foreign", items: [{ key: "ca", path: "tls/ca.crt" }] } },
        ],
      },
    });
  });

  test("has its libraries before the operator's, the user of spec, and what a session can set", async () => {
    const { pod, settings } = await tried({
      parameters: {
        "pgaudit.log": "ddl",
        search_path: "app, public",
        work_mem: "8MB",
      },
      timeZone: "Europe/Berlin",
      sharedPreloadLibraries: ["timescaledb", "pgaudit"],
      spec: { postgresUID: 999, postgresGID: 998 },
    });
    expect(settings).toEqual([
      "shared_preload_libraries = 'timescaledb,pgaudit'",
      "wal_level = 'logical'",
      "timezone = 'Europe/Berlin'",
      "pgaudit.log = 'ddl'",
      "search_path = 'app, public'",
    ]);
    expect(pod.securityContext).toMatchObject({ runAsUser: 999, runAsGroup: 998, fsGroup: 998 });
  });

  test("has another wal_level if the cluster has, and dollars as they are", async () => {
    const { settings } = await tried({
      parameters: { wal_level: "replica", "app.price": "$(HOME) $$" },
    });
    expect(settings).toEqual(["wal_level = 'replica'", "app.price = '$$(HOME) $$$$'"]);
  });

  test("is not there when there is nothing to try", async () => {
    const { all } = await created({});
    expect(all.filter(({ type }) => type === JOB)).toEqual([]);
  });

  test("knows by Kubernetes that the cluster exists, and not by names that a wildcard answers to", () => {
    const run = (env: NodeJS.ProcessEnv, ...libraries: string[]) => {
      const given = ["A_B_RW_SERVICE_HOST", "", "", "", "", ...libraries, "app", "000.sql"];
      return execFileSync("bash", ["-c", `${BEFORE_SERVER}\necho no $#`, "x", ...given], {
        env: { PATH: process.env["PATH"], ...env },
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      });
    };
    const exists = { A_B_RW_SERVICE_HOST: "10.0.0.1" };
    // Whatever it is that resolves the names of the node.
    expect(BEFORE_SERVER).not.toMatch(/getent|nslookup|host /);
    expect(run({}, "", "")).toBe("no 2\n");
    expect(run(exists, "", "")).toBe(
      "The cluster exists, and its creation is over: nothing to try.\n",
    );
    // Its libraries are tried, and no SQL.
    expect(run(exists, "pg_cron", "")).toBe("no 0\n");
    expect(run(exists, "", "pgaudit")).toBe("no 0\n");
    expect(serviceVariable("a-b-rw")).toBe("A_B_RW_SERVICE_HOST");
  });

  test("runs a script that a shell can read", () => {
    expect(() => execFileSync("bash", ["-n", "-c", CHECK_SCRIPT])).not.toThrow();
  });
});
