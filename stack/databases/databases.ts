import * as pulumi from "@pulumi/pulumi";
import type {
  BackupStore,
  ClusterArgs,
  ClusterCertificatesArgs,
  ImportedClusterArgs,
  PostgresClusterArgs,
  RecoveryClusterArgs,
  ReplicaClusterArgs,
  SourceParametersArgs,
} from "../../components";
import { aliasNames } from "../aliases/aliases";
import { backupOf } from "../backups/backups";
import { certificatesOf } from "../certificates/certificates";
import { databaseOf, namespaceOf } from "../declared";
import { furtherNames } from "../network/exposed";
import { catalogOf } from "../images/image-catalogs";
import { imageOf, type BuiltImages } from "../images/images";
import { monitoringOf } from "../monitoring/monitoring";
import type { PlacedNamespaces } from "../namespaces/schema";
import { databaseNetworkPolicy } from "../network/network";
import { pairArgs } from "../pairs/pairs";
import { poolerNamesOf } from "../poolers/poolers";
import { withTaken } from "../sources/like-source";
import type {
  ClusterConfig,
  DatabaseConfig,
  ImportConfig,
  RecoveryConfig,
  ReplicaConfig,
} from "./schema";
import type { StackConfig } from "../schema";

/** The values that a stack's databases are created with, in addition to their declarations. */
export interface Context {
  /** Each namespace of databases, by its name. */
  namespaces: PlacedNamespaces;
  /** The default store of backups, as databases of each namespace use it. */
  stores: Readonly<Record<string, BackupStore>>;
  /** Images that the stack builds, by their keys. */
  images: BuiltImages;
  /** Certificates of the stack's authority, by the key of the database. */
  issued: Readonly<Record<string, ClusterCertificatesArgs>>;
  /** Returns the parameters of a source, a cluster of the stack, that its copies must at least match. */
  sourceParameters: (cluster: string) => SourceParametersArgs | undefined;
  /** Returns the database of a source and its owner: as text, which rules about a copy can compare. */
  sourceDatabase: (cluster: string) => { name: string; owner: string } | undefined;
}

/** The values of a cluster of the stack that a database created from it needs. */
export interface SourceCluster {
  name: pulumi.Input<string>;
  hostRw: pulumi.Input<string>;
  caSecretName: pulumi.Input<string>;
  backupServerName?: pulumi.Input<string> | undefined;
  /** Known of one that is demoted. */
  demotionToken?: pulumi.Input<string> | undefined;
}

/** Returns the arguments of a PostgresCluster. */
export function clusterArgs(
  stack: StackConfig,
  key: string,
  config: ClusterConfig,
  context: Context,
): PostgresClusterArgs {
  return {
    ...config,
    ...fromStack(stack, key, config, context),
    replica: pairArgs(stack, key, config, context),
  };
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
    // Without a storage of either the arguments are refused.
    ...(withTaken(stack, config) as typeof config & Pick<ClusterArgs, "storage">),
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
  const { connection = from && streaming(stack, key, config, context, from) } = config;
  const { promote, promoteWithoutToken } = config;
  const isSwitchover = promote === true && promoteWithoutToken !== true;
  return {
    // Without a storage of either the arguments are refused.
    ...(withTaken(stack, config) as typeof config & Pick<ClusterArgs, "storage">),
    ...fromStack(stack, key, config, context),
    ...fromArchive(stack, config, context, from),
    connection: connection === false ? undefined : connection,
    promotionToken: config.promotionToken ?? (isSwitchover ? from?.demotionToken : undefined),
  };
}

/** Returns the arguments of an ImportedCluster. */
export function importArgs(
  stack: StackConfig,
  key: string,
  config: ImportConfig,
  context: Context,
): ImportedClusterArgs {
  return {
    ...config,
    ...fromStack(stack, key, config, context),
  };
}

function fromStack(
  stack: StackConfig,
  key: string,
  config: DatabaseConfig,
  { namespaces, stores, images, issued }: Context,
) {
  const namespace = namespaceOf(stack, { config });
  const store = stores[namespace];
  const declared = databaseOf(stack, key);
  const { image, imageCatalog, version } = withTaken(stack, config);
  return {
    namespace: namespaces[namespace] ?? namespace,
    mirror: stack.mirror,
    image: imageOf(image, images),
    imageCatalog: catalogOf(stack, { imageCatalog, version }),
    poolers: poolerNamesOf(stack, key),
    backup: backupOf(config, store),
    certificates: certificatesOf(config, issued[key], [
      ...furtherNames(stack, key, config),
      ...(declared ? aliasNames(stack, declared) : []),
    ]),
    monitoring: monitoringOf(stack, config.monitoring),
    networkPolicy: databaseNetworkPolicy(stack, key, config),
  };
}

/** Returns the archive and the database in it. If something is missing, the arguments are refused. */
function fromArchive(
  stack: StackConfig,
  config: RecoveryConfig | ReplicaConfig,
  context: Context,
  from: SourceCluster | undefined,
): Pick<RecoveryClusterArgs, "source" | "database"> {
  const { source, database } = config;
  const { cluster, store, serverName = from?.backupServerName, ...rest } = source;
  const { clusters } = stack;
  // Its Secrets are those of the namespace of the copy.
  const stacks = context.stores[namespaceOf(stack, { config })];
  const declared = cluster === undefined ? undefined : clusters[cluster];
  const parameters =
    (cluster === undefined ? undefined : context.sourceParameters(cluster)) ?? rest.parameters;
  const original = cluster === undefined ? undefined : context.sourceDatabase(cluster);
  const archives = declared ? backupOf(declared, stacks)?.store : (store ?? stacks);
  return {
    source: { ...rest, store: archives, serverName, parameters } as RecoveryClusterArgs["source"],
    database: {
      ...database,
      name: database?.name ?? original?.name,
      owner: database?.owner ?? original?.owner,
    } as RecoveryClusterArgs["database"],
  };
}

/** Returns the connection that another replica of the source would use. */
function streaming(
  stack: StackConfig,
  key: string,
  config: ReplicaConfig,
  { issued }: Context,
  { name, hostRw, caSecretName }: SourceCluster,
): ReplicaClusterArgs["connection"] {
  const { cluster = "" } = config.source;
  const source = stack.clusters[cluster] ?? {};
  const own = issued[key];
  if (isElsewhere(stack, config)) {
    // A pod reads only Secrets of its namespace. Those of the replica itself are of the same authority.
    const { serverCaSecret, replicationTlsSecret } = own ?? {};
    if (!issued[cluster] || serverCaSecret === undefined || replicationTlsSecret === undefined) {
      return undefined;
    }
    return { host: hostRw, serverCaSecret, replicationTlsSecret };
  }
  const certificates = certificatesOf(source, issued[cluster]);
  return {
    host: hostRw,
    serverCaSecret: caSecretName,
    replicationTlsSecret:
      certificates?.replicationTlsSecret ??
      // The operator's own.
      pulumi.interpolate`${name}-replication`,
  };
}

/** Returns whether a copy is in another namespace than the cluster of the stack that it comes from. */
export function isElsewhere(stack: StackConfig, config: RecoveryConfig | ReplicaConfig): boolean {
  const source = stack.clusters[config.source.cluster ?? ""];
  return (
    source !== undefined &&
    namespaceOf(stack, { config }) !== namespaceOf(stack, { config: source })
  );
}
