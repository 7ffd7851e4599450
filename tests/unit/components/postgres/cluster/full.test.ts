import { join } from "node:path";
import type { PostgresClusterArgs } from "../../../../../components/postgres/cluster/args";
import { LocaleProvider } from "../../../../../components/postgres/cluster/args/database";
import { Spread } from "../../../../../components/postgres/cluster/args/pods";
import {
  DataDurability,
  SynchronousMethod,
} from "../../../../../components/postgres/cluster/args/synchronous";
import { RtoPreset } from "../../../../../components/postgres/cluster/args/rto";
import {
  BALANCED,
  byId,
  CLUSTER,
  COMPONENT,
  CONFIG_MAP,
  DATABASE,
  DATABASE_ROLE,
  declared,
  LABELS,
  lostNode,
  NETWORK_POLICY,
  PARAMETERS,
  PASSWORD,
  SECRET,
  WAIT_FOR_CLUSTER,
} from "../../../support/cluster-fixtures";
import { crdErrors } from "../../../support/crd-schema";
import { only } from "../../../support/registrations";

const FULL: PostgresClusterArgs = {
  namespace: "shop",
  clusterName: "orders-v2",
  storage: { size: "1Ti", storageClass: "fast" },
  walStorage: { size: "32Gi", storageClass: "faster" },
  instances: 5,
  nodes: 6,
  version: 17,
  image: "registry.example:5000/pg:17.2-system-trixie@sha256:0",
  resources: { cpu: "4000m", memory: "32768Mi" },
  parameters: { max_connections: "300", work_mem: "16MB", "pg_stat_statements.max": "5000" },
  synchronous: {
    method: SynchronousMethod.First,
    number: 2,
    dataDurability: DataDurability.Preferred,
    failoverQuorum: false,
  },
  placement: {
    hostSpread: Spread.Preferred,
    zoneSpread: Spread.Preferred,
    nodeSelector: { pool: "database" },
    tolerations: [{ key: "dedicated", operator: "Exists", effect: "NoSchedule" }],
    priorityClassName: "database",
  },
  database: {
    name: "orders",
    owner: "sales",
    ownerSecret: "sales-login",
    localeProvider: LocaleProvider.Icu,
    locale: "de-DE",
    dataChecksums: false,
    extensions: ["pg_trgm", "uuid-ossp"],
    schema: ["CREATE TABLE a (id int)"],
    schemaFiles: [join(__dirname, "../../../support/cluster-schema.sql")],
  },
  databases: [
    { name: "audit_log", owner: "auditor", extensions: ["pgcrypto"], connectionLimit: 5 },
    { name: "scratch" },
  ],
  roles: [
    {
      name: "auditor",
      login: true,
      passwordSecret: "auditor-login",
      inRoles: ["pg_read_all_data", "readers"],
      inherit: false,
      connectionLimit: 10,
      superuser: false,
      comment: "Reads everything",
    },
    { name: "readers" },
    {
      name: "dba",
      login: true,
      superuser: true,
      createdb: true,
      createrole: true,
      replication: true,
      bypassrls: true,
    },
  ],
  pgHba: ["hostssl all dba all cert", "hostssl all dba all reject"],
  superuserAccess: true,
  rto: RtoPreset.Fast,
  networkPolicy: {
    clients: [{ podSelector: { matchLabels: { app: "shop" } } }],
    metricsFrom: [],
  },
  deletionProtection: true,
  poolers: ["orders-pooler"],
  labels: { "example.com/team": "sales" },
};

describe("PostgresCluster with everything set", () => {
  const all = () => declared(FULL);

  test("declares exactly this Cluster", async () => {
    const cluster = only(await all(), CLUSTER);
    expect(cluster.inputs).toEqual({
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "Cluster",
      metadata: {
        name: "orders-v2",
        namespace: "shop",
        labels: {
          ...LABELS,
          "app.kubernetes.io/instance": "orders-v2",
          "example.com/team": "sales",
        },
        annotations: { "pulumi.com/waitFor": WAIT_FOR_CLUSTER },
      },
      spec: {
        instances: 5,
        imageName: "registry.example:5000/pg:17.2-system-trixie@sha256:0",
        enablePDB: true,
        enableSuperuserAccess: true,
        inheritedMetadata: { labels: { "example.com/team": "sales" } },
        certificates: {
          serverAltDNSNames: [
            "orders-pooler",
            "orders-pooler.shop",
            "orders-pooler.shop.svc",
            "orders-pooler.shop.svc.cluster.local",
          ],
        },
        bootstrap: {
          initdb: {
            database: "orders",
            owner: "sales",
            secret: { name: "sales-login" },
            encoding: "UTF8",
            dataChecksums: false,
            localeProvider: "icu",
            icuLocale: "de-DE",
            postInitApplicationSQLRefs: {
              configMapRefs: [
                { name: "orders-v2-schema", key: "000-extensions.sql" },
                { name: "orders-v2-schema", key: "001-schema.sql" },
                { name: "orders-v2-schema", key: "002-schema.sql" },
              ],
            },
          },
        },
        postgresql: {
          parameters: {
            ...PARAMETERS,
            max_connections: "300",
            shared_buffers: "8192MB",
            effective_cache_size: "24576MB",
            work_mem: "16MB",
            maintenance_work_mem: "1398101kB",
            max_parallel_workers: "4",
            max_parallel_workers_per_gather: "2",
            max_parallel_maintenance_workers: "2",
            max_wal_size: "8192MB",
            min_wal_size: "2048MB",
            max_slot_wal_keep_size: "16384MB",
            "pg_stat_statements.max": "5000",
          },
          pg_hba: [
            "hostnossl all all all reject",
            "hostssl all dba all cert",
            "hostssl all dba all reject",
            "hostssl all all all scram-sha-256",
          ],
          synchronous: {
            method: "first",
            number: 2,
            dataDurability: "preferred",
            failoverQuorum: false,
          },
        },
        storage: { size: "1Ti", storageClass: "fast" },
        walStorage: { size: "32Gi", storageClass: "faster" },
        resources: {
          requests: { cpu: "4", memory: "32Gi" },
          limits: { cpu: "4", memory: "32Gi" },
        },
        affinity: {
          enablePodAntiAffinity: true,
          podAntiAffinityType: "preferred",
          topologyKey: "kubernetes.io/hostname",
          nodeSelector: { pool: "database" },
          tolerations: [
            ...lostNode(30),
            { key: "dedicated", operator: "Exists", effect: "NoSchedule" },
          ],
        },
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: "topology.kubernetes.io/zone",
            whenUnsatisfiable: "ScheduleAnyway",
            nodeTaintsPolicy: "Honor",
            labelSelector: {
              matchLabels: { "cnpg.io/cluster": "orders-v2" },
              matchExpressions: [{ key: "cnpg.io/podRole", operator: "NotIn", values: ["pooler"] }],
            },
          },
        ],
        priorityClassName: "database",
        ...BALANCED,
        primaryLease: {
          leaseDurationSeconds: 4,
          renewDeadlineSeconds: 3,
          retryPeriodSeconds: 1,
          releasedLeaseDurationSeconds: 1,
        },
        switchoverDelay: 60,
        stopDelay: 120,
        primaryUpdateMethod: "switchover",
      },
    });
    expect(crdErrors("Cluster", cluster.inputs)).toEqual([]);
    expect(cluster.protect).toBe(true);
  });

  test("keeps the schema in a ConfigMap, extensions by the superuser, the rest as the owner", async () => {
    expect(only(await all(), CONFIG_MAP).inputs).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: {
        name: "orders-v2-schema",
        namespace: "shop",
        labels: {
          ...LABELS,
          "app.kubernetes.io/instance": "orders-v2",
          "example.com/team": "sales",
        },
      },
      data: {
        "000-extensions.sql":
          'CREATE EXTENSION IF NOT EXISTS "pg_trgm";\nCREATE EXTENSION IF NOT EXISTS "uuid-ossp";\n',
        "001-schema.sql": 'SET ROLE "sales";\nCREATE TABLE a (id int)\n;\nRESET ROLE;\n',
        "002-schema.sql":
          'SET ROLE "sales";\nCREATE TABLE b (id bigint PRIMARY KEY); -- no line break at the end\n;\nRESET ROLE;\n',
      },
    });
  });

  test("declares its other databases once the cluster serves", async () => {
    const databases = byId((await all()).filter(({ type }) => type === DATABASE));
    const labels = {
      ...LABELS,
      "app.kubernetes.io/instance": "orders-v2",
      "example.com/team": "sales",
    };
    const annotations = { "pulumi.com/waitFor": "jsonpath={.status.applied}=true" };
    expect(databases.map(({ name, inputs }) => ({ name, inputs }))).toEqual([
      {
        name: "orders-database-audit-log",
        inputs: {
          apiVersion: "postgresql.cnpg.io/v1",
          kind: "Database",
          metadata: { name: "orders-v2-audit-log", namespace: "shop", labels, annotations },
          spec: {
            cluster: { name: "orders-v2" },
            name: "audit_log",
            owner: "auditor",
            ensure: "present",
            databaseReclaimPolicy: "retain",
            connectionLimit: 5,
            extensions: [{ name: "pgcrypto", ensure: "present" }],
          },
        },
      },
      {
        name: "orders-database-scratch",
        inputs: {
          apiVersion: "postgresql.cnpg.io/v1",
          kind: "Database",
          metadata: { name: "orders-v2-scratch", namespace: "shop", labels, annotations },
          spec: {
            cluster: { name: "orders-v2" },
            name: "scratch",
            owner: "sales",
            ensure: "present",
            databaseReclaimPolicy: "retain",
          },
        },
      },
    ]);
    for (const { inputs, parent, dependsOn } of databases) {
      expect(crdErrors("Database", inputs)).toEqual([]);
      expect({ parent, dependsOn }).toEqual({
        parent: COMPONENT,
        dependsOn: [
          `${CLUSTER}::orders-cluster`,
          ...((inputs["spec"] as { owner: string }).owner === "auditor"
            ? [`${DATABASE_ROLE}::orders-role-auditor`]
            : []),
        ],
      });
    }
  });

  test("declares its roles, groups before their members", async () => {
    const roles = byId((await all()).filter(({ type }) => type === DATABASE_ROLE));
    const declaredBy = { cluster: { name: "orders-v2" }, databaseRoleReclaimPolicy: "retain" };
    const present = { ...declaredBy, ensure: "present", inherit: true, connectionLimit: -1 };
    expect(roles.map(({ name, inputs, dependsOn }) => [name, inputs["spec"], dependsOn])).toEqual([
      [
        "orders-role-auditor",
        {
          ...present,
          name: "auditor",
          inherit: false,
          connectionLimit: 10,
          login: true,
          passwordSecret: { name: "auditor-login" },
          inRoles: ["pg_read_all_data", "readers"],
          comment: "Reads everything",
        },
        [`${CLUSTER}::orders-cluster`, `${DATABASE_ROLE}::orders-role-readers`],
      ],
      [
        "orders-role-dba",
        {
          ...present,
          name: "dba",
          login: true,
          superuser: true,
          createdb: true,
          createrole: true,
          replication: true,
          bypassrls: true,
        },
        [`${CLUSTER}::orders-cluster`],
      ],
      ["orders-role-readers", { ...present, name: "readers" }, [`${CLUSTER}::orders-cluster`]],
    ]);
    for (const { inputs } of roles) expect(crdErrors("DatabaseRole", inputs)).toEqual([]);
  });

  test("uses existing credentials and generates none", async () => {
    const types = (await all()).map(({ type }) => type);
    expect(types).not.toContain(PASSWORD);
    expect(types).not.toContain(SECRET);
  });

  test("admits only the named clients", async () => {
    const { spec } = only(await all(), NETWORK_POLICY).inputs as {
      spec: { ingress: { from: unknown; ports: { port: number }[] }[] };
    };
    expect(spec.ingress.slice(2)).toEqual([
      {
        from: [{ podSelector: { matchLabels: { app: "shop" } } }],
        ports: [{ protocol: "TCP", port: 5432 }],
      },
    ]);
  });
});
