import { SERVICE_SUFFIXES } from "./cloudnative-pg";

/**
 * What CloudNativePG 1.30 makes beside what is declared, by kind: nobody else may call an object of that kind so. Volumes,
 * pods and Jobs are not among it: they end with a number, which nothing else does.
 *
 * @see api/v1/cluster_types.go (the suffixes), api/v1/pooler_funcs.go, pkg/specs, pkg/specs/pgbouncer,
 * internal/controller/primary_lease.go and replicas_quorum.go of https://github.com/cloudnative-pg/cloudnative-pg/tree/v1.30.1
 */
export type ObjectNames = Readonly<Record<string, readonly string[]>>;

/** Where it has certificates of its own, the operator issues none, but would again without them. */
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

/** The service account that every namespace has. The operator would take it over, and give its rights to all pods without one. */
export const DEFAULT_SERVICE_ACCOUNT = "default";
