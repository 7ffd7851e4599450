import type {
  BackupStore,
  ClusterCertificatesArgs,
  PostgresClusterArgs,
  ReplicaConnectionArgs,
} from "../../components";
import { objectsOfCluster } from "../../components/upstream/cloudnative-pg-objects";
import { backupOf } from "../backups/backups";
import { hasOperators } from "../certificates/certificate-secrets";
import { clusterName, namespaceOf, type Declared } from "../declared";
import type { ClusterConfig } from "../databases/schema";
import type { StackConfig } from "../schema";

type PairArgs = NonNullable<PostgresClusterArgs["replica"]>;
/** Of the values that databases are created with, those that a pair needs. */
interface PairContext {
  stores: Readonly<Record<string, BackupStore>>;
  issued: Readonly<Record<string, ClusterCertificatesArgs>>;
}

type Replica = Extract<Declared, { kind: "replicas" }>;

/** Returns the replica that a cluster of the stack exchanges its role with; undefined if that is of another stack. */
export function partnerOf(stack: StackConfig, { replica }: ClusterConfig): Replica | undefined {
  const key = replica?.cluster ?? "";
  const config = stack.replicas[key];
  return config && { kind: "replicas", key, config };
}

/** Returns the cluster that a replica exchanges its role with, by its key. */
export function pairedClusters(stack: StackConfig, replica: string): [string, ClusterConfig][] {
  return Object.entries(stack.clusters).filter(([, config]) => config.replica?.cluster === replica);
}

/** Returns the other cluster of a pair. If something is missing, the arguments are refused. */
export function pairArgs(
  stack: StackConfig,
  key: string,
  config: ClusterConfig,
  context: PairContext,
): PairArgs | undefined {
  if (!config.replica) return undefined;
  const { serverName, connection, source, ...role } = config.replica;
  const { enabled, promotionToken, promoteWithoutToken } = role;
  const partner = partnerOf(stack, config);
  // Its Secrets are those of the namespace of this cluster.
  const store = context.stores[namespaceOf(stack, { config })];
  const archive = partner && {
    store: backupOf(partner.config, store)?.store,
    serverName: serverName ?? generatedName(partner),
  };
  const streams =
    connection ?? (partner ? streamingFrom(stack, key, config, partner, context) : undefined);
  return {
    enabled,
    source: source ?? archive,
    ...(streams !== undefined && streams !== false && { connection: streams }),
    ...(promotionToken !== undefined && { promotionToken }),
    ...(promoteWithoutToken !== undefined && { promoteWithoutToken }),
  } as PairArgs;
}

/** Returns the name of an archive that a user has chosen. */
export function generatedName(partner: Replica): string | undefined {
  const { backup } = partner.config;
  const generation = backup === false ? undefined : backup?.generation;
  return generation === undefined ? undefined : `${clusterName(partner)}-${generation}`;
}

/**
 * Returns the connection to the other cluster: by names alone, since that one waits for this one. Undefined if there are no
 * Secrets for it.
 */
function streamingFrom(
  stack: StackConfig,
  key: string,
  config: ClusterConfig,
  partner: Replica,
  { issued }: PairContext,
): ReplicaConnectionArgs | undefined {
  const name = clusterName(partner);
  const its = namespaceOf(stack, partner);
  const [service = ""] = objectsOfCluster(name).Service;
  const host = `${service}.${its}.svc`;
  // Both are of one authority, and a pod reads only Secrets of its own namespace.
  const own = issued[key];
  if (own && issued[partner.key]) {
    const { serverCaSecret, replicationTlsSecret } = own;
    return serverCaSecret === undefined || replicationTlsSecret === undefined
      ? undefined
      : { host, serverCaSecret, replicationTlsSecret };
  }
  const isNear = its === namespaceOf(stack, { config });
  return isNear && !issued[partner.key] && hasOperators(partner.config)
    ? { host, serverCaSecret: `${name}-ca`, replicationTlsSecret: `${name}-replication` }
    : undefined;
}
