import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  Platform,
  PoolMode,
  PostgresCluster,
  PostgresPooler,
  SqlDatabase,
  SqlRole,
  type ClusterSpecPart,
  type Mirror,
  type PlatformArgs,
  type PoolerSpecPart,
  type PostgresClusterArgs,
  type PostgresPoolerArgs,
} from "../../../../components";

const config = new pulumi.Config();
const mirror = config.requireObject<Mirror>("mirror");

const platform = new Platform("platform", {
  mirror,
  ...config.requireObject<PlatformArgs>("platform"),
});
const databases = new k8s.core.v1.Namespace("databases", {
  metadata: {
    name: "databases",
    labels: { "pod-security.kubernetes.io/enforce": "restricted" },
  },
});
const namespace = databases.metadata.name;

new k8s.core.v1.Secret("registry", {
  metadata: { name: "registry", namespace },
  type: "kubernetes.io/dockerconfigjson",
  stringData: { ".dockerconfigjson": JSON.stringify({ auths: { "registry.example": {} } }) },
});
const roles = new k8s.core.v1.Secret("roles", {
  metadata: { name: "roles", namespace },
  stringData: { "roles.sql": "CREATE ROLE reporting LOGIN PASSWORD 'not-a-real-one-1'" },
});
const dictionary = new k8s.core.v1.ConfigMap("dictionary", {
  metadata: { name: "dictionary", namespace },
  data: { words: "quorum\n", psqlrc: "\\set greeting 'from psqlrc'\n" },
});

/** What a cluster is declared with once the platform is there. */
const sql = config.get("sql");
const { main } = config.requireObject<{ main: PostgresClusterArgs }>("clusters");

if (sql !== undefined) {
  const database = new PostgresCluster(
    "main",
    {
      ...main,
      namespace,
      mirror: { ...mirror, imagePullSecrets: ["registry"] },
      instances: 1,
      resources: { cpu: "250m", memory: "512Mi", limits: { cpu: "2" } },
      parameters: { max_connections: "85" },
      database: {
        extensions: ["pg_trgm"],
        extensionOptions: { pg_trgm: { schema: "search", version: "1.6" } },
        sql: [
          {
            in: SqlDatabase.Postgres,
            secret: { name: roles.metadata.name, key: "roles.sql" },
          },
          { in: SqlDatabase.Template, sql: "CREATE TABLE of_template (id int)" },
          { as: SqlRole.Superuser, sql: "GRANT pg_monitor TO app" },
          { sql },
        ],
      },
      files: [
        { configMap: dictionary.metadata.name, key: "words", path: "search/words.txt" },
        { configMap: dictionary.metadata.name, key: "psqlrc" },
      ],
      env: [
        { name: "LC_TIME", value: "C" },
        { name: "PSQLRC", value: "/projected/psqlrc" },
      ],
      timeZone: "Asia/Kathmandu",
      annotations: { "example.com/team": "sales" },
      tablespaces: [{ name: "archive", size: "1Gi" }],
      ephemeralVolumesSizeLimit: { shm: "128Mi" },
      poolers: ["main-pooler"],
      spec: { logLevel: "debug" } satisfies ClusterSpecPart,
    },
    { dependsOn: platform },
  );
  const { "main-pooler": pooler } = config.requireObject<{ "main-pooler": PostgresPoolerArgs }>(
    "poolers",
  );
  new PostgresPooler("main-pooler", {
    ...pooler,
    namespace,
    cluster: database.name,
    maxConnections: database.maxConnections,
    poolMode: PoolMode.Transaction,
    instances: 3,
    parameters: { default_pool_size: "12" },
    resources: { cpu: "50m", memory: "64Mi", limits: { cpu: "none" } },
    annotations: { "example.com/team": "sales" },
    imagePullSecrets: ["registry"],
    spec: {
      serviceTemplate: { metadata: { annotations: { "example.com/owner": "sales" } } },
    } satisfies PoolerSpecPart,
  });
}
