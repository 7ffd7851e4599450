import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type {
  CloudNativePgOperatorArgs,
  PostgresClusterArgs,
  PostgresPoolerArgs,
} from "./components";
import { clusterShape } from "./components/rules/cluster-shape";
import { namespaceName } from "./components/rules/formats";
import { operatorShape } from "./components/rules/operator-shape";
import { poolerShape } from "./components/rules/pooler-shape";
import { propertyPath, shapeViolations } from "./components/rules/shape";
import { type Violation, refuse } from "./components/rules/violation";

/** A cluster as the stack declares it; the program gives it the stack's namespace. */
export type ClusterConfig = Omit<PostgresClusterArgs, "namespace">;

/** A pooler as the stack declares it; what depends on its cluster comes from the cluster. */
export type PoolerConfig = Omit<
  PostgresPoolerArgs,
  "namespace" | "cluster" | "maxConnections" | "totalInstances"
> & {
  /** Key of the cluster in `clusters`. */
  cluster: string;
};

/** The configuration of a stack, under `ha-postgres:` in `Pulumi.<stack>.yaml`. */
export interface StackConfig {
  /**
   * Namespace of all databases. The program creates it.
   *
   * @default "databases"
   */
  namespace: string;
  /** The operator. @default - installed, see CloudNativePgOperatorArgs */
  operator: CloudNativePgOperatorArgs;
  /** Clusters by name. At least one. */
  clusters: Record<string, ClusterConfig>;
  /** Poolers by name. @default - none */
  poolers: Record<string, PoolerConfig>;
}

const stackShape = z.strictObject({
  namespace: namespaceName.optional(),
  operator: operatorShape.optional(),
  clusters: z.record(z.string(), clusterShape.omit({ namespace: true })),
  poolers: z
    .record(
      z.string(),
      poolerShape
        .omit({ namespace: true, maxConnections: true, totalInstances: true })
        .extend({ cluster: z.string() }),
    )
    .optional(),
});

/**
 * The configuration of the current stack.
 *
 * @throws InputPropertiesError with everything in it that has no place or the wrong form, each with its path. What the
 * components' rules refuse, their constructors report.
 */
export function readConfig(project: string = pulumi.getProject()): StackConfig {
  return stackConfig(declaredConfig(project));
}

/** What is under the project's name in the stack's configuration, whether it is known or not. */
function declaredConfig(project: string): Record<string, unknown> {
  const config = new pulumi.Config(project);
  const keys = Object.keys(pulumi.runtime.allConfig())
    .filter((key) => key.startsWith(`${project}:`))
    .map((key) => key.slice(project.length + 1));
  return Object.fromEntries(keys.map((key) => [key, parsed(config.require(key))]));
}

/** Objects come as JSON, plain strings as themselves. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function stackConfig(declared: Record<string, unknown>): StackConfig {
  const malformed = shapeViolations(stackShape, declared);
  const given = declared as Partial<StackConfig>;
  refuse("the stack's configuration", [...malformed, ...unknownClusters(given)]);
  return {
    namespace: given.namespace ?? "databases",
    operator: given.operator ?? {},
    clusters: given.clusters ?? {},
    poolers: given.poolers ?? {},
  };
}

function unknownClusters({ clusters, poolers }: Partial<StackConfig>): Violation[] {
  const names = Object.keys(clusters ?? {});
  return Object.entries(poolers ?? {})
    .filter(([, pooler]) => !names.includes(pooler.cluster))
    .map(([name, pooler]) => ({
      path: propertyPath(["poolers", name, "cluster"]),
      value: pooler.cluster,
      reason: "the stack declares no cluster of that name",
      remedy: `Use one of ${names.join(", ")}`,
    }));
}

/** PgBouncer pods of all poolers of a cluster: they divide its connections among themselves. */
export function poolerInstances({ poolers }: StackConfig, cluster: string): number {
  return Object.values(poolers)
    .filter((pooler) => pooler.cluster === cluster)
    .reduce((sum, { instances = 2 }) => sum + instances, 0);
}
