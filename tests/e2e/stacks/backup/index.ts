import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  BackupCompression,
  LogicalBackup,
  Platform,
  PostgresCluster,
  RecoveryCluster,
  ReplicaCluster,
  type BackupStore,
  type Mirror,
  type PlatformArgs,
  type PostgresClusterArgs,
  type RecoveryTargetArgs,
} from "../../../../components";

/** A recovery from the archive of the source, or from the one that is named. */
interface Recovery {
  serverName?: string;
  target?: RecoveryTargetArgs;
  backup: boolean;
}

const config = new pulumi.Config();
const mirror = config.requireObject<Mirror>("mirror");
const s3 = config.requireObject<{ id: string; secret: string; ca: string }>("s3");

const platform = new Platform("platform", {
  mirror,
  ...config.requireObject<PlatformArgs>("platform"),
});
const namespace = new k8s.core.v1.Namespace("databases", { metadata: { name: "databases" } });
const credentials = new k8s.core.v1.Secret("s3", {
  metadata: { name: "s3", namespace: namespace.metadata.name },
  stringData: { id: s3.id, secret: s3.secret, "ca.crt": s3.ca },
});
const key = (name: string) => ({ name: credentials.metadata.name, key: name });

const store: BackupStore = {
  destinationPath: "s3://backups",
  endpointUrl: "https://10.200.0.1:7070",
  endpointCa: key("ca.crt"),
  region: "us-east-1",
  accessKeyId: key("id"),
  secretAccessKey: key("secret"),
};
const backup = {
  store,
  compression: BackupCompression.Gzip,
  ...config.getObject<{ schedule: string; retention: string }>("backup"),
};

const { source: size } = config.requireObject<{ source: PostgresClusterArgs }>("clusters");
const common = { ...size, mirror, namespace: namespace.metadata.name };

const source = new PostgresCluster("source", { ...common, backup }, { dependsOn: platform });

const recoveries = Object.entries(config.getObject<Record<string, Recovery>>("recoveries") ?? {});
const recovered = recoveries.map(
  ([name, { serverName, target, backup: archives }]) =>
    [
      name,
      new RecoveryCluster(
        name,
        {
          ...common,
          database: { name: source.database, owner: source.user },
          source: { store, serverName: serverName ?? source.backupServerName ?? "" },
          target,
          timeout: "10m",
          ...(archives && { backup }),
        },
        { dependsOn: source },
      ),
    ] as const,
);

/** It takes what the source archives, and streams from it as well. */
const replica = config.getObject<{ promote: boolean }>("replica");
if (replica) {
  new ReplicaCluster(
    "follower",
    {
      ...common,
      ...replica,
      database: { name: source.database, owner: source.user },
      source: { store, serverName: source.backupServerName ?? "" },
      connection: {
        host: source.hostRw,
        serverCaSecret: "source-ca",
        replicationTlsSecret: "source-replication",
      },
    },
    { dependsOn: source },
  );
}

/** Dumps of its database, which nobody makes but the tests: the schedule is New Year. */
const dumps = config.getObject<{ retention: string }>("dumps");
if (dumps) {
  new LogicalBackup(
    "source-dump",
    {
      ...dumps,
      mirror,
      namespace: namespace.metadata.name,
      cluster: source.name,
      database: source.database,
      store,
      schedule: "0 0 1 1 *",
      generation: "tested",
      image: size.image,
      volume: { size: "128Mi" },
      resources: { cpu: "200m", memory: "256Mi" },
    },
    { dependsOn: source },
  );
}

/** The archive of each cluster that has one. */
export const serverNames = Object.fromEntries(
  [["source", source] as const, ...recovered].map(([name, cluster]) => [
    name,
    cluster.backupServerName,
  ]),
);
