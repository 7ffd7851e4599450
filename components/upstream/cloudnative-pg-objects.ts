import { SERVICE_SUFFIXES } from "./cloudnative-pg";

/**
 * Names of the objects that CloudNativePG 1.30 creates, by kind: no other object of that kind may have them. Volumes, pods
 * and Jobs are not included: their names end with a number, unlike any other.
 *
 * @see api/v1/cluster_types.go (the suffixes), api/v1/pooler_funcs.go, pkg/specs, pkg/specs/pgbouncer,
 * internal/controller/primary_lease.go and replicas_quorum.go of https://github.com/cloudnative-pg/cloudnative-pg/tree/v1.30.1
 */
export type ObjectNames = Readonly<Record<string, readonly string[]>>;

/** The objects of a cluster. With certificates of your own the operator issues none, but would do so without them. */
export function objectsOfCluster(cluster: string) {
  const named = (...suffixes: string[]) => suffixes.map((suffix) => `${cluster}-${suffix}`);
  return {
    Cluster: [cluster],
    Service: named(...SERVICE_SUFFIXES, "any"),
    PodDisruptionBudget: [cluster, ...named("primary")],
    ServiceAccount: [cluster],
    Role: [cluster],
    RoleBinding: [cluster],
    Lease: [cluster],
    FailoverQuorum: [cluster],
    Secret: named("app", "superuser", "ca", "server", "replication", "pooler", "pull-secret"),
  } as const satisfies ObjectNames;
}

/** The objects of a pooler. */
export function objectsOfPooler(pooler: string) {
  return {
    Pooler: [pooler],
    Deployment: [pooler],
    Service: [pooler],
    PodDisruptionBudget: [pooler],
    ServiceAccount: [pooler],
    Role: [pooler],
    RoleBinding: [pooler],
  } as const satisfies ObjectNames;
}

/**
 * The service account that every namespace has. The operator would take it over, and give its rights to all pods without
 * another one.
 */
export const DEFAULT_SERVICE_ACCOUNT = "default";
