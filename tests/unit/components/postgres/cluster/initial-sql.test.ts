import { execFileSync } from "node:child_process";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterDatabaseArgs, PostgresClusterArgs } from "../../../../../components";
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
                  ...["postgres", "000.sql", "database.sql[0]", "", "hidden"],
                  ...["app", "001.sql", "database.sql[1].sql", "sales", "shown"],
                ],
                env: [
                  { name: "CLUSTER", value: "orders" },
                  { name: "DATABASE", value: "shop" },
                  { name: "OWNER", value: "sales" },
                  {
                    name: "INITDB",
                    value:
                      "--data-checksums\n--encoding=UTF8\n--locale-provider=builtin\n--builtin-locale=C.UTF-8",
                  },
                  {
                    name: "SETTINGS",
                    value:
                      "shared_preload_libraries = 'pg_stat_statements'\npg_stat_statements.max = '5000'",
                  },
                  { name: "HOME", value: "/tmp" },
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

  test("is not there when there is nothing to try", async () => {
    const { all } = await created({});
    expect(all.filter(({ type }) => type === JOB)).toEqual([]);
  });

  test("runs a script that a shell can read", () => {
    expect(() => execFileSync("bash", ["-n", "-c", CHECK_SCRIPT])).not.toThrow();
  });
});
