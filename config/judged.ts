import type { BackupStore, ClusterCertificatesArgs } from "../components";
import { storeEnvironment } from "../components/backup/s3-compatible-store";
import { judgedCluster } from "../components/postgres/cluster-values";
import type { CommonValues } from "../components/postgres/cluster-values-common";
import { judgedRecovery, judgedReplica } from "../components/postgres/recovery-values";
import type { Violation } from "../components/rules/violation";
import { certifiedOf } from "./certificates";
import {
  clusterArgs,
  recoveryArgs,
  replicaArgs,
  type SourceCluster,
  type Surroundings,
} from "./databases";
import type { Declared, SourceConfig, StackConfig } from "./stack-config";

/** Stands for what only a deployment tells: no rule judges a value that is still to come. */
export const OPEN = new Promise<never>(() => undefined);

/** A database with every default filled in, and everything that its component would have to say against it. */
export function judgedDatabase(
  stack: StackConfig,
  declared: Declared,
): { values: CommonValues; violations: Violation[] } {
  const { kind, key, config } = declared;
  const around = surroundings(stack);
  switch (kind) {
    case "clusters":
      return judgedCluster(key, clusterArgs(stack, key, config, around));
    case "recoveries": {
      const from = sourceCluster(stack, config.source);
      return judgedRecovery(key, recoveryArgs(stack, key, config, around, from));
    }
    case "replicas": {
      const from = sourceCluster(stack, config.source);
      return judgedReplica(key, replicaArgs(stack, key, config, around, from));
    }
  }
}

/** The store that the stack's databases get by default, as far as it is known. */
export function stackStore({ backups }: StackConfig): BackupStore | undefined {
  if (!backups) return undefined;
  const { awsS3, s3Compatible } = backups;
  return {
    destinationPath: OPEN,
    ...(awsS3?.role && { roleArn: OPEN }),
    ...(s3Compatible && storeEnvironment(s3Compatible)),
  };
}

function surroundings(stack: StackConfig): Surroundings {
  const issued: ClusterCertificatesArgs = {
    serverTlsSecret: OPEN,
    serverCaSecret: OPEN,
    clientCaSecret: OPEN,
    replicationTlsSecret: OPEN,
  };
  return {
    namespace: stack.namespace,
    store: stackStore(stack),
    issued: Object.fromEntries(certifiedOf(stack).map(({ key }) => [key, issued])),
  };
}

function sourceCluster(stack: StackConfig, { cluster: key }: SourceConfig) {
  const config = key === undefined ? undefined : stack.clusters[key];
  if (key === undefined || !config) return undefined;
  const { values } = judgedCluster(key, clusterArgs(stack, key, config, surroundings(stack)));
  const from: SourceCluster = {
    name: values.clusterName,
    database: values.database.name,
    user: values.database.owner,
    hostRw: OPEN,
    caSecretName: OPEN,
    backupServerName: OPEN,
  };
  return from;
}
