import { CLOUDNATIVE_PG_NAMESPACE } from "../components/operators/cloudnative-pg/values";
import { objectsOfCluster } from "../components/upstream/cloudnative-pg-objects";
import type { ClusterNetworkPolicyArgs, PoolerNetworkPolicyArgs } from "../components";
import type { DatabaseConfig, PoolerConfig, ReplicaConfig, StackConfig } from "./schema";
import { watchNamespace } from "./watch";

/** Returns the clients of a database: its own, the stack's applications and the replicas that stream from it. */
export function databaseNetworkPolicy(
  stack: StackConfig,
  key: string,
  { networkPolicy, clusterName = key }: DatabaseConfig,
): ClusterNetworkPolicyArgs {
  const { replicaClusters = [] } = networkPolicy ?? {};
  return {
    ...networkPolicy,
    namespaces: networkPolicy?.namespaces ?? applicationNamespaces(stack),
    replicaClusters: [...new Set([...replicaClusters, ...streamingFrom(stack, key, clusterName)])],
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

/** Returns the names of the replicas that stream from a database of the stack. */
function streamingFrom(stack: StackConfig, key: string, clusterName: string): string[] {
  return Object.entries(stack.replicas)
    .filter(([, { source, connection }]) =>
      connection === undefined
        ? source.cluster === key
        : connection !== false && isService(stack, clusterName, connection),
    )
    .map(([replica, config]) => config.clusterName ?? replica);
}

/** Returns whether a replica's own connection leads to a Service of the database. */
function isService(
  { namespace }: StackConfig,
  clusterName: string,
  { host }: Exclude<NonNullable<ReplicaConfig["connection"]>, false>,
): boolean {
  if (typeof host !== "string") return false;
  const [service = "", of = namespace] = host.split(".");
  const services: readonly string[] = objectsOfCluster(clusterName).Service;
  return of === namespace && services.includes(service);
}
