import { CloudNativePgOperator, PoolMode, PostgresCluster, PostgresPooler } from "ha-postgres";

const operator = new CloudNativePgOperator("cloudnative-pg");

const orders = new PostgresCluster(
  "orders",
  {
    namespace: "shop",
    storage: { size: "100Gi", storageClass: "fast-retain" },
    resources: { cpu: "2", memory: "8Gi" },
    database: { name: "orders", extensions: ["pg_trgm"] },
    poolers: ["orders-pooler"],
    deletionProtection: true,
  },
  { dependsOn: operator },
);

const pooler = new PostgresPooler("orders-pooler", {
  namespace: orders.namespace,
  cluster: orders.name,
  maxConnections: orders.maxConnections,
  poolMode: PoolMode.Transaction,
  credentials: orders.credentials,
});

export const host = pooler.host;
export const credentials = pooler.secretName;
