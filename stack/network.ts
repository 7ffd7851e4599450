import { CLOUDNATIVE_PG_NAMESPACE } from "../components/operators/cloudnative-pg/values";
import { objectsOfCluster } from "../components/upstream/cloudnative-pg-objects";
import type { ClusterNetworkPolicyArgs, PoolerNetworkPolicyArgs } from "../components";
import { namespaceOf } from "./declared";
import type { DatabaseConfig, PoolerConfig, ReplicaConfig, StackConfig } from "./schema";
import { watchNamespace } from "./watch";

/** Returns the clients of a database: its own, the stack's applications and the replicas that stream from it. */
export function databaseNetworkPolicy(
  stack: StackConfig,
  key: string,
  config: DatabaseConfig,
): ClusterNetworkPolicyArgs {
  const { networkPolicy, clusterName = key } = config;
  const { replicaClusters = [] } = networkPolicy ?? {};
  const namespace = namespaceOf(stack, { config });
  return {
    ...networkPolicy,
    namespaces: networkPolicy?.namespaces ?? applicationNamespaces(stack),
    replicaClusters: [
      ...new Set([...replicaClusters, ...streamingFrom(stack, key, clusterName, namespace)]),
    ],
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

/** Returns the replicas that stream from a database of the stack, in its own namespace by their names. */
function streamingFrom(
  stack: StackConfig,
  key: string,
  clusterName: string,
  namespace: string,
): NonNullable<ClusterNetworkPolicyArgs["replicaClusters"]> {
  return Object.entries(stack.replicas)
    .map(([replica, config]) => ({
      name: config.clusterName ?? replica,
      of: namespaceOf(stack, { config }),
      config,
    }))
    .filter(({ of, config: { source, connection } }) =>
      connection === undefined
        ? source.cluster === key
        : connection !== false && isService(of, { clusterName, namespace }, connection),
    )
    .map(({ name, of }) => (of === namespace ? name : { name, namespace: of }));
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
