import * as pulumi from "@pulumi/pulumi";
import {
  PoolMode,
  PostgresPooler,
  Spread,
  type PostgresPoolerArgs,
} from "../../../../../components";
import { PGBOUNCER_IMAGE } from "../../../../../components/operators/versions";
import { crdErrors } from "../../../support/crd-schema";
import { lostNode } from "../../../support/cluster-fixtures";
import {
  only,
  registrations,
  secret,
  UNKNOWN,
  unknownOutput,
  valueOf,
  type Registration,
} from "../../../support/registrations";

const COMPONENT = "ha-postgres:index:PostgresPooler";
const POOLER = "kubernetes:postgresql.cnpg.io/v1:Pooler";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const SECRET = "kubernetes:core/v1:Secret";
const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";

const minimal: PostgresPoolerArgs = {
  namespace: "shop",
  cluster: "app",
  poolMode: PoolMode.Session,
  maxConnections: 100,
};

const registered = (args: PostgresPoolerArgs, preview = false) =>
  registrations(() => new PostgresPooler("app-pooler", args), { preview });

function parametersOf(all: Registration[]): Record<string, string> {
  const { spec } = only(all, POOLER).inputs as {
    spec: { pgbouncer: { parameters: Record<string, string> } };
  };
  return spec.pgbouncer.parameters;
}

const labels = {
  "app.kubernetes.io/name": "pgbouncer",
  "app.kubernetes.io/instance": "app-pooler",
  "app.kubernetes.io/component": "pooler",
  "app.kubernetes.io/part-of": "ha-postgres",
  "app.kubernetes.io/managed-by": "pulumi",
};
const pods = { matchLabels: { "cnpg.io/poolerName": "app-pooler" } };

describe("a pooler with the required arguments", () => {
  const pooler = {
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Pooler",
    metadata: {
      name: "app-pooler",
      namespace: "shop",
      labels,
      annotations: {
        "pulumi.com/waitFor": "jsonpath={.status.phase}=active",
        "pulumi.com/deletionPropagationPolicy": "background",
      },
    },
    spec: {
      cluster: { name: "app" },
      type: "rw",
      instances: 2,
      pgbouncer: {
        poolMode: "session",
        image: PGBOUNCER_IMAGE,
        parameters: {
          max_client_conn: "1000",
          client_tls_sslmode: "require",
          server_login_retry: "0.3",
          server_connect_timeout: "5",
          tcp_user_timeout: "10000",
          tcp_keepidle: "5",
          tcp_keepintvl: "2",
          tcp_keepcnt: "3",
          // (100 - 13) / 2 instances = 43, less 8 for auth_query: 35, a fifth of it aside.
          default_pool_size: "28",
          reserve_pool_size: "7",
          max_db_connections: "35",
          max_user_connections: "35",
        },
      },
      deploymentStrategy: {
        type: "RollingUpdate",
        rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
      },
      template: {
        spec: {
          containers: [
            {
              name: "pgbouncer",
              resources: {
                requests: { cpu: "250m", memory: "256Mi" },
                limits: { cpu: "250m", memory: "256Mi" },
              },
            },
          ],
          initContainers: [
            {
              name: "bootstrap-controller",
              resources: {
                requests: { cpu: "250m", memory: "256Mi" },
                limits: { cpu: "250m", memory: "256Mi" },
              },
            },
          ],
          tolerations: lostNode(30, 0),
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: "kubernetes.io/hostname",
              whenUnsatisfiable: "DoNotSchedule",
              nodeTaintsPolicy: "Honor",
              labelSelector: pods,
              matchLabelKeys: ["pod-template-hash"],
            },
            {
              maxSkew: 1,
              topologyKey: "topology.kubernetes.io/zone",
              whenUnsatisfiable: "DoNotSchedule",
              nodeTaintsPolicy: "Honor",
              labelSelector: pods,
              matchLabelKeys: ["pod-template-hash"],
            },
          ],
        },
      },
    },
  };

  test("is a Pooler with its network policy and its budget, and nothing else", async () => {
    const all = await registered(minimal);
    expect(Object.fromEntries(all.map(({ id, parent }) => [id, parent]))).toEqual({
      [`${COMPONENT}::app-pooler`]: undefined,
      [`${POOLER}::app-pooler-pooler`]: `${COMPONENT}::app-pooler`,
      [`${POLICY}::app-pooler-network-policy`]: `${COMPONENT}::app-pooler`,
      [`${BUDGET}::app-pooler-pdb`]: `${COMPONENT}::app-pooler`,
    });
    expect(all).toHaveLength(4);
  });

  test("declares exactly this Pooler, which is valid in CloudNativePG's schema", async () => {
    const { inputs, ...request } = only(await registered(minimal), POOLER);
    expect(inputs).toEqual(pooler);
    expect(crdErrors("Pooler", inputs)).toEqual([]);
    expect(request).toMatchObject({
      dependsOn: [`${POLICY}::app-pooler-network-policy`],
      // CloudNativePG does not allow the cluster to change, and a second pooler of the same name cannot be created first.
      deleteBeforeReplace: true,
      replaceOnChanges: ["spec.cluster.name"],
    });
  });

  test("allows its namespace, and all pods to its metrics", async () => {
    expect(only(await registered(minimal), POLICY).inputs).toEqual({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "app-pooler", namespace: "shop", labels },
      spec: {
        podSelector: pods,
        policyTypes: ["Ingress"],
        ingress: [
          { from: [{ podSelector: {} }], ports: [{ protocol: "TCP", port: 5432 }] },
          { from: [{ namespaceSelector: {} }], ports: [{ protocol: "TCP", port: 9127 }] },
        ],
      },
    });
  });

  test("is waited for by its budget, which comes after it", async () => {
    const budget = only(await registered(minimal), BUDGET);
    expect(budget.dependsOn).toEqual([`${POOLER}::app-pooler-pooler`]);
    expect(budget.inputs).toEqual({
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: {
        name: "app-pooler",
        namespace: "shop",
        labels,
        annotations: { "pulumi.com/waitFor": "condition=DisruptionAllowed" },
      },
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector: pods },
    });
  });

  test("returns where clients connect, and how many server connections it opens", async () => {
    let pooler: PostgresPooler | undefined;
    await registrations(() => (pooler = new PostgresPooler("app-pooler", minimal)));
    if (!pooler) throw new Error("There is no pooler.");
    expect(await valueOf(pooler.name)).toBe("app-pooler");
    expect(await valueOf(pooler.namespace)).toBe("shop");
    expect(await valueOf(pooler.host)).toBe("app-pooler.shop.svc");
    expect(await valueOf(pooler.port)).toBe(5432);
    expect(await valueOf(pooler.serverConnections)).toBe(86);
    expect(await valueOf(pooler.sizes)).toEqual({
      instances: 2,
      databases: 1,
      pool: 35,
      logins: 8,
      share: 43,
    });
  });
});

describe("a pooler with everything set", () => {
  const full: PostgresPoolerArgs = {
    namespace: "shop",
    cluster: "app",
    poolerName: "reports",
    poolMode: PoolMode.Transaction,
    maxConnections: 400,
    type: "ro",
    instances: 3,
    totalInstances: 5,
    databases: 2,
    reservedConnections: 40,
    parameters: { default_pool_size: "20", query_timeout: "60", client_tls_sslmode: "prefer" },
    networkPolicy: {
      clients: [{ podSelector: { matchLabels: { app: "reports" } } }],
      metricsFrom: [],
    },
    resources: { cpu: "1", memory: "512Mi" },
    image: `registry.example/pgbouncer:1.25.1@sha256:${"b".repeat(64)}`,
    placement: {
      hostSpread: Spread.Preferred,
      zoneSpread: Spread.Off,
      nodeSelector: { pool: "database" },
      tolerations: [{ key: "database", operator: "Exists" }],
      priorityClassName: "infrastructure",
    },
    labels: { "example.com/team": "shop" },
  };

  test("is valid in CloudNativePG's schema", async () => {
    expect(crdErrors("Pooler", only(await registered(full), POOLER).inputs)).toEqual([]);
  });

  test("sets each field of the Pooler", async () => {
    const { inputs } = only(await registered(full), POOLER);
    expect(inputs).toMatchObject({
      metadata: { name: "reports", labels: { "example.com/team": "shop" } },
      spec: {
        type: "ro",
        instances: 3,
        pgbouncer: {
          poolMode: "transaction",
          image: `registry.example/pgbouncer:1.25.1@sha256:${"b".repeat(64)}`,
        },
      },
    });
    const { template } = inputs["spec"] as { template: unknown };
    const resources = {
      requests: { cpu: "1", memory: "512Mi" },
      limits: { cpu: "1", memory: "512Mi" },
    };
    expect(template).toEqual({
      metadata: { labels: { "example.com/team": "shop" } },
      spec: {
        containers: [{ name: "pgbouncer", resources }],
        initContainers: [{ name: "bootstrap-controller", resources }],
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: "kubernetes.io/hostname",
            whenUnsatisfiable: "ScheduleAnyway",
            nodeTaintsPolicy: "Honor",
            labelSelector: { matchLabels: { "cnpg.io/poolerName": "reports" } },
            matchLabelKeys: ["pod-template-hash"],
          },
        ],
        nodeSelector: { pool: "database" },
        tolerations: [...lostNode(30, 0), { key: "database", operator: "Exists" }],
        priorityClassName: "infrastructure",
      },
    });
  });

  test("derives the sizes that were not chosen from those that were", async () => {
    expect(parametersOf(await registered(full))).toEqual({
      max_client_conn: "1000",
      client_tls_sslmode: "prefer",
      server_login_retry: "0.3",
      server_connect_timeout: "5",
      tcp_user_timeout: "10000",
      tcp_keepidle: "5",
      tcp_keepintvl: "2",
      tcp_keepcnt: "3",
      max_prepared_statements: "200",
      query_timeout: "60",
      // (400 - 40) / 5 instances = 72 for 3 pools: 24 each, of which 20 are chosen.
      default_pool_size: "20",
      reserve_pool_size: "6",
      max_db_connections: "52",
      max_user_connections: "52",
    });
  });

  test("allows only the named clients", async () => {
    const { spec } = only(await registered(full), POLICY).inputs as { spec: { ingress: unknown } };
    expect(spec.ingress).toEqual([
      {
        from: [{ podSelector: { matchLabels: { app: "reports" } } }],
        ports: [{ protocol: "TCP", port: 5432 }],
      },
    ]);
  });

  test("has no policy if it is disabled", async () => {
    const all = await registered({ ...full, networkPolicy: { enabled: false } });
    expect(all.map(({ type }) => type)).toEqual([COMPONENT, POOLER, BUDGET]);
  });
});

describe("a pooler with a login", () => {
  const credentials = pulumi.secret({ username: "app", password: "generated", database: "app" });

  test("has a Secret like the cluster's own, with its own host", async () => {
    const all = await registered({ ...minimal, credentials });
    expect(only(all, SECRET).inputs).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "app-pooler-app", namespace: "shop", labels },
      type: "kubernetes.io/basic-auth",
      stringData: secret({
        username: "app",
        password: "generated",
        host: "app-pooler.shop.svc",
        port: "5432",
        dbname: "app",
        uri: "postgresql://app:generated@app-pooler.shop.svc:5432/app?sslmode=require",
        "libpq-uri":
          "postgresql://app:generated@app-pooler.shop.svc:5432/app?sslmode=require&connect_timeout=5&keepalives=1" +
          "&keepalives_idle=5&keepalives_interval=2&keepalives_count=3&tcp_user_timeout=10000",
        "jdbc-uri":
          "jdbc:postgresql://app-pooler.shop.svc:5432/app?user=app&password=generated&sslmode=require" +
          "&connectTimeout=5&loginTimeout=10&tcpKeepAlive=true",
        pgpass: "app-pooler.shop.svc:5432:app:app:generated\n",
      }),
    });
    expect(only(all, SECRET)).toMatchObject({ parent: `${COMPONENT}::app-pooler`, dependsOn: [] });
  });

  test("keeps a password secret that was not", async () => {
    const plain = { username: "app", password: "generated", database: "app" };
    const all = await registered({ ...minimal, credentials: plain });
    expect(only(all, SECRET).inputs["stringData"]).toEqual(
      secret(expect.objectContaining({ password: "generated" })),
    );
  });

  test("returns the Secret's name", async () => {
    const seen: { pooler?: PostgresPooler; without?: PostgresPooler } = {};
    await registrations(() => {
      seen.pooler = new PostgresPooler("app-pooler", { ...minimal, credentials });
      seen.without = new PostgresPooler("other-pooler", minimal);
    });
    expect(await valueOf(seen.pooler?.secretName ?? pulumi.output(""))).toBe("app-pooler-app");
    expect(seen.without?.secretName).toBeUndefined();
  });
});

describe("a pooler of a cluster of the same program", () => {
  test("derives its sizes from the cluster's connections", async () => {
    const all = await registered({
      ...minimal,
      cluster: pulumi.output("app"),
      maxConnections: pulumi.output(100),
    });
    expect(parametersOf(all)["default_pool_size"]).toBe("28");
  });

  test("is previewed with its sizes unknown and all else known", async () => {
    const args = { ...minimal, maxConnections: unknownOutput<number>() };
    const all = await registered(args, true);
    const { spec } = only(all, POOLER).inputs as { spec: Record<string, unknown> };
    expect(spec).toMatchObject({
      cluster: { name: "app" },
      instances: 2,
      pgbouncer: { poolMode: "session", parameters: UNKNOWN },
    });
  });

  test("is refused when it turns out that the connections do not suffice", async () => {
    await expect(registered({ ...minimal, maxConnections: pulumi.output(15) })).rejects.toThrow(
      "maxConnections = 15: leaves each of 2 instances 1 connections for 2 pools, one of them to look up passwords, with 13 in reserve. Raise " +
        "max_connections of the cluster to 17 or more, or use fewer instances or databases.",
    );
  });

  test("is refused when it turns out that the cluster has its name", async () => {
    await expect(registered({ ...minimal, cluster: pulumi.output("app-pooler") })).rejects.toThrow(
      'poolerName = "app-pooler": is already the name of the cluster or of one of its objects. Set poolerName (by default ' +
        'the component\'s name), such as "app-pooler-pooler".',
    );
  });
});
