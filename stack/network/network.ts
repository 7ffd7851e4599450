import { CLOUDNATIVE_PG_NAMESPACE } from "../../components/operators/cloudnative-pg/values";
import type { NetworkPeer } from "../../components/kubernetes/network-peers";
import { objectsOfCluster } from "../../components/upstream/cloudnative-pg-objects";
import type { ClusterNetworkPolicyArgs, PoolerNetworkPolicyArgs } from "../../components";
import { logicalBackupLabels } from "../../components/postgres/logical-backup/names";
import { namespaceOf } from "../declared";
import { logicalBackupsOf } from "../logical-backups/dumped";
import { pairedClusters } from "../pairs/pairs";
import type { DatabaseConfig, ReplicaConfig } from "../databases/schema";
import type { PoolerConfig } from "../poolers/schema";
import type { StackConfig } from "../schema";
import { watchNamespace } from "../watch";

/** Returns the clients of a database: its own, the stack's applications and the replicas that stream from it. */
export function databaseNetworkPolicy(
  stack: StackConfig,
  key: string,
  config: DatabaseConfig,
): ClusterNetworkPolicyArgs {
  const { networkPolicy, clusterName = key } = config;
  const { replicaClusters = [], remoteReplicaClusters = [] } = networkPolicy ?? {};
  const home = namespaceOf(stack, { config });
  const streaming = streamingFrom(stack, key, clusterName, home);
  const own = streaming.filter(({ namespace }) => namespace === home);
  const remote = streaming.filter(({ namespace }) => namespace !== home);
  const clients: NetworkPeer[] | undefined = networkPolicy?.clients;
  const dumps: NetworkPeer[] = logicalBackupsOf(stack, key).map(
    ([name, { backupName = name }]) => ({
      podSelector: { matchLabels: logicalBackupLabels(backupName) },
    }),
  );
  return {
    ...networkPolicy,
    // Without `clients` all pods of the namespace may connect, and these are among them.
    ...(clients && dumps.length > 0 && { clients: [...clients, ...dumps] }),
    namespaces: networkPolicy?.namespaces ?? applicationNamespaces(stack),
    replicaClusters: [...new Set([...replicaClusters, ...own.map(({ name }) => name)])],
    ...((remoteReplicaClusters.length > 0 || remote.length > 0) && {
      remoteReplicaClusters: [...remoteReplicaClusters, ...remote],
    }),
    operatorNamespace:
      networkPolicy?.operatorNamespace ??
      stack.platform.cloudNativePg?.namespace ??
      CLOUDNATIVE_PG_NAMESPACE,
    ...(stack.watch && {
      watchNamespace: networkPolicy?.watchNamespace ?? watchNamespace(stack.watch),
    }),
  };
}

/** Returns the clients of a pooler. */
export function poolerNetworkPolicy(
  stack: StackConfig,
  { networkPolicy }: PoolerConfig,
): PoolerNetworkPolicyArgs {
  return {
    ...networkPolicy,
    namespaces: networkPolicy?.namespaces ?? applicationNamespaces(stack),
  };
}

/** Leaves out malformed ones: they are reported once for the stack, and not for each database. */
function applicationNamespaces({ networkPolicy }: StackConfig): string[] | undefined {
  const namespaces: (string | undefined)[] | undefined = networkPolicy?.namespaces;
  return namespaces?.filter((namespace) => namespace !== undefined);
}

/** Returns the replicas that stream from a database of the stack, each with its namespace. */
function streamingFrom(
  stack: StackConfig,
  key: string,
  clusterName: string,
  home: string,
): { name: string; namespace: string }[] {
  // A demoted cluster streams from the one that was its replica.
  const demoted = pairedClusters(stack, key)
    .filter(([, { replica }]) => replica?.connection !== false)
    .map(([name, config]) => ({
      name: config.clusterName ?? name,
      namespace: namespaceOf(stack, { config }),
    }));
  const replicas = Object.entries(stack.replicas).flatMap(([replica, config]) => {
    const { source, connection } = config;
    const namespace = namespaceOf(stack, { config });
    const streams =
      connection === undefined
        ? source.cluster === key
        : connection !== false &&
          isService(namespace, { clusterName, namespace: home }, connection);
    return streams ? [{ name: config.clusterName ?? replica, namespace }] : [];
  });
  return [...replicas, ...demoted];
}

/** Returns whether a replica's own connection leads from its namespace to a Service of the database. */
function isService(
  from: string,
  { clusterName, namespace }: { clusterName: string; namespace: string },
  { host }: Exclude<NonNullable<ReplicaConfig["connection"]>, false>,
): boolean {
  if (typeof host !== "string") return false;
  const [service = "", of = from] = host.split(".");
  const services: readonly string[] = objectsOfCluster(clusterName).Service;
  return of === namespace && services.includes(service);
}
