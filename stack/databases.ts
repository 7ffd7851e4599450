import * as pulumi from "@pulumi/pulumi";
import type {
  BackupStore,
  ClusterArgs,
  ClusterCertificatesArgs,
  PostgresClusterArgs,
  RecoveryClusterArgs,
  ReplicaClusterArgs,
  SourceParametersArgs,
} from "../components";
import { backupOf } from "./backups";
import { certificatesOf } from "./certificates";
import { monitoringOf } from "./monitoring";
import { databaseNetworkPolicy } from "./network";
import { poolerNamesOf } from "./poolers";
import type {
  ClusterConfig,
  DatabaseConfig,
  RecoveryConfig,
  ReplicaConfig,
  StackConfig,
} from "./schema";

/** What the databases of a stack are created with, beside what is declared of each. */
export interface Context {
  namespace: pulumi.Input<string>;
  /** Where backups go by default. */
  store?: BackupStore | undefined;
  /** Certificates of the stack's authority, by the key of the database. */
  issued: Readonly<Record<string, ClusterCertificatesArgs>>;
  /** What a copy needs as much of as its source, a cluster of the stack, has. */
  sourceParameters: (cluster: string) => SourceParametersArgs | undefined;
}

/** Undefined, and not false, where it is not asked for, as in the components. */
export function protectsDatabase(config: StackConfig): true | undefined {
  const { clusters, recoveries, replicas } = config;
  const declared: { deletionProtection?: boolean | undefined }[] = Object.values({
    ...clusters,
    ...recoveries,
    ...replicas,
  });
  return declared.some(({ deletionProtection }) => deletionProtection === true) ? true : undefined;
}

/** What a database that comes from a cluster of the stack has to know of it. */
export interface SourceCluster {
  name: pulumi.Input<string>;
  database: pulumi.Input<string>;
  user: pulumi.Input<string>;
  hostRw: pulumi.Input<string>;
  caSecretName: pulumi.Input<string>;
  backupServerName?: pulumi.Input<string> | undefined;
}

/** Arguments of a PostgresCluster. */
export function clusterArgs(
  stack: StackConfig,
  key: string,
  config: ClusterConfig,
  context: Context,
): PostgresClusterArgs {
  return { ...config, ...fromStack(stack, key, config, context) };
}

/** Arguments of a RecoveryCluster, from a cluster of the stack where the source is one. */
export function recoveryArgs(
  stack: StackConfig,
  key: string,
  config: RecoveryConfig,
  context: Context,
  from?: SourceCluster,
): RecoveryClusterArgs {
  return {
    ...config,
    ...likeSource(stack, config),
    ...fromStack(stack, key, config, context),
    ...fromArchive(stack, config, context, from),
  };
}

/** Arguments of a ReplicaCluster. From a cluster of the stack it streams, too. */
export function replicaArgs(
  stack: StackConfig,
  key: string,
  config: ReplicaConfig,
  context: Context,
  from?: SourceCluster,
): ReplicaClusterArgs {
  const { connection = from && streaming(stack, config, context, from) } = config;
  return {
    ...config,
    ...likeSource(stack, config),
    ...fromStack(stack, key, config, context),
    ...fromArchive(stack, config, context, from),
    connection: connection === false ? undefined : connection,
  };
}

function fromStack(
  stack: StackConfig,
  key: string,
  config: DatabaseConfig,
  { namespace, store, issued }: Context,
) {
  return {
    namespace,
    mirror: stack.mirror,
    poolers: poolerNamesOf(stack, key),
    backup: backupOf(config, store),
    certificates: certificatesOf(config, issued[key]),
    monitoring: monitoringOf(stack, config.monitoring),
    networkPolicy: databaseNetworkPolicy(stack, key, config),
  };
}

/** What a database is like its source in unless it says otherwise: all that its data and their load ask for. */
export const LIKE_SOURCE = [
  ...["storage", "walStorage", "resources", "parameters", "version", "image", "nodes"],
  "placement",
] as const;

function likeSource(
  { clusters }: StackConfig,
  config: RecoveryConfig | ReplicaConfig,
): Pick<ClusterArgs, "storage"> {
  const from: Record<string, unknown> = { ...clusters[config.source.cluster ?? ""] };
  const own: Record<string, unknown> = { ...config };
  const taken = LIKE_SOURCE.flatMap((name) => {
    const value = own[name] ?? from[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  // Without a storage of either the arguments are refused.
  return Object.fromEntries(taken) as unknown as Pick<ClusterArgs, "storage">;
}

/** The archive and the database in it. Where something is not told, the arguments are refused. */
function fromArchive(
  stack: StackConfig,
  { source, database }: RecoveryConfig | ReplicaConfig,
  context: Context,
  from: SourceCluster | undefined,
): Pick<RecoveryClusterArgs, "source" | "database"> {
  const { cluster, store, serverName = from?.backupServerName, ...rest } = source;
  const { clusters } = stack;
  const declared = cluster === undefined ? undefined : clusters[cluster];
  const parameters =
    (cluster === undefined ? undefined : context.sourceParameters(cluster)) ?? rest.parameters;
  const archives = declared ? backupOf(declared, context.store)?.store : (store ?? context.store);
  return {
    source: { ...rest, store: archives, serverName, parameters } as RecoveryClusterArgs["source"],
    database: {
      ...database,
      name: database?.name ?? from?.database,
      owner: database?.owner ?? from?.user,
    } as RecoveryClusterArgs["database"],
  };
}

/** As another replica of the source's own would. */
function streaming(
  { clusters }: StackConfig,
  { source: { cluster = "" } }: ReplicaConfig,
  { issued }: Context,
  { name, hostRw, caSecretName }: SourceCluster,
): ReplicaClusterArgs["connection"] {
  const certificates = certificatesOf(clusters[cluster] ?? {}, issued[cluster]);
  return {
    host: hostRw,
    serverCaSecret: caSecretName,
    replicationTlsSecret:
      certificates?.replicationTlsSecret ??
      // The operator's own.
      pulumi.interpolate`${name}-replication`,
  };
}
