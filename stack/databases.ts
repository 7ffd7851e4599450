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

/** The values that a stack's databases are created with, in addition to their declarations. */
export interface Context {
  namespace: pulumi.Input<string>;
  /** The default store of backups. */
  store?: BackupStore | undefined;
  /** Certificates of the stack's authority, by the key of the database. */
  issued: Readonly<Record<string, ClusterCertificatesArgs>>;
  /** Returns the parameters of a source, a cluster of the stack, that its copies must at least match. */
  sourceParameters: (cluster: string) => SourceParametersArgs | undefined;
}

/** Returns undefined, not false, if no database is protected, as in the components. */
export function protectsDatabase(config: StackConfig): true | undefined {
  const { clusters, recoveries, replicas } = config;
  const declared: { deletionProtection?: boolean | undefined }[] = Object.values({
    ...clusters,
    ...recoveries,
    ...replicas,
  });
  return declared.some(({ deletionProtection }) => deletionProtection === true) ? true : undefined;
}

/** The values of a cluster of the stack that a database created from it needs. */
export interface SourceCluster {
  name: pulumi.Input<string>;
  database: pulumi.Input<string>;
  user: pulumi.Input<string>;
  hostRw: pulumi.Input<string>;
  caSecretName: pulumi.Input<string>;
  backupServerName?: pulumi.Input<string> | undefined;
}

/** Returns the arguments of a PostgresCluster. */
export function clusterArgs(
  stack: StackConfig,
  key: string,
  config: ClusterConfig,
  context: Context,
): PostgresClusterArgs {
  return { ...config, ...fromStack(stack, key, config, context) };
}

/** Returns the arguments of a RecoveryCluster, from a cluster of the stack if the source is one. */
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

/** Returns the arguments of a ReplicaCluster. From a cluster of the stack it also streams. */
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

/** The arguments that a database takes from its source by default: all that its data and their load require. */
export const LIKE_SOURCE = [
  "storage",
  "walStorage",
  "resources",
  "parameters",
  "version",
  "image",
  "nodes",
  "placement",
  "tablespaces",
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

/** Returns the archive and the database in it. If something is missing, the arguments are refused. */
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

/** Returns the connection that another replica of the source would use. */
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
