import type { Validated } from "../components/contract/contract";
import type { CommonValues } from "../components/postgres/cluster/values-common";
import type {
  ClusterConfig,
  ImportConfig,
  RecoveryConfig,
  ReplicaConfig,
} from "./databases/schema";
import type { StackConfig } from "./schema";

/** A database with its key, as the stack declares it. */
export type Declared =
  | { kind: "clusters"; key: string; config: ClusterConfig }
  | { kind: "recoveries"; key: string; config: RecoveryConfig }
  | { kind: "replicas"; key: string; config: ReplicaConfig }
  | { kind: "imports"; key: string; config: ImportConfig };

/** Returns all databases of a stack. */
export function databasesOf(stack: StackConfig): Declared[] {
  const { clusters, recoveries, replicas, imports } = stack;
  return [
    ...Object.entries(clusters).map(
      ([key, config]) => ({ kind: "clusters", key, config }) as const,
    ),
    ...Object.entries(recoveries).map(
      ([key, config]) => ({ kind: "recoveries", key, config }) as const,
    ),
    ...Object.entries(replicas).map(
      ([key, config]) => ({ kind: "replicas", key, config }) as const,
    ),
    ...Object.entries(imports).map(([key, config]) => ({ kind: "imports", key, config }) as const),
  ];
}

/** Returns the database with a key; undefined if the stack declares none. */
export function databaseOf(stack: StackConfig, key: string): Declared | undefined {
  return databasesOf(stack).find((declared) => declared.key === key);
}

/** Returns the namespace of a database: its own, that of the cluster that it comes from, or the stack's. */
export function namespaceOf(
  { namespace, clusters }: Pick<StackConfig, "namespace" | "clusters">,
  { config }: Pick<Declared, "config">,
): string {
  const { cluster } = "source" in config ? config.source : {};
  const source = cluster === undefined ? undefined : clusters[cluster];
  return config.namespace ?? source?.namespace ?? namespace;
}

/** Returns the name of the Cluster object. */
export function clusterName({ key, config }: Declared): string {
  return config.clusterName ?? key;
}

/** Returns a database with its defaults, and its violations. */
export type ValidateDatabase = (declared: Declared) => Validated<CommonValues>;
