import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  Platform,
  PostgresCluster,
  PostgresPooler,
  type Mirror,
  type PlatformArgs,
  type PostgresClusterArgs,
  type PostgresPoolerArgs,
} from "../../../../components";

const config = new pulumi.Config();
const mirror = config.requireObject<Mirror>("mirror");
const { main } = config.requireObject<{ main: PostgresClusterArgs }>("clusters");
const { pooler } = config.requireObject<{ pooler: PostgresPoolerArgs }>("poolers");

const platform = new Platform("platform", {
  mirror,
  ...config.requireObject<PlatformArgs>("platform"),
});
const databases = new k8s.core.v1.Namespace("databases", { metadata: { name: "databases" } });
const namespace = databases.metadata.name;

const cluster = new PostgresCluster(
  "main",
  {
    ...{ ...main, mirror, namespace },
    poolers: ["main-pooler"],
    // So that an alert fires while a test waits for it.
    monitoring: { interval: "10s", alerts: { transactionSeconds: 60 } },
  },
  { dependsOn: platform },
);

new PostgresPooler("main-pooler", {
  ...{ ...pooler, mirror, namespace },
  cluster: cluster.name,
  maxConnections: cluster.maxConnections,
  monitoring: { interval: "10s" },
});
