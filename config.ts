import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Mirror, PlatformArgs, PostgresClusterArgs, PostgresPoolerArgs } from "./components";
import { createdNamespaces, platformViolations } from "./components/platform/platform-values";
import { judgedCluster, maxConnections } from "./components/postgres/cluster-values";
import { judgedPooler } from "./components/postgres/pooler-values";
import { clusterShape } from "./components/rules/cluster-shape";
import { namespaceName } from "./components/rules/formats";
import { BUILT_IN_NAMESPACES } from "./components/rules/operator-namespace";
import { mirrorShape } from "./components/rules/operator-args-shape";
import { platformShape } from "./components/rules/platform-shape";
import { namesOfCluster } from "./components/rules/pooler-name";
import { poolerShape } from "./components/rules/pooler-shape";
import { propertyPath, shapeViolations, wellFormed } from "./components/rules/shape";
import { type Violation, refuse, under } from "./components/rules/violation";

/** A cluster as the stack declares it; the program gives it the stack's namespace. */
export type ClusterConfig = Omit<PostgresClusterArgs, "namespace" | "poolers" | "mirror">;

/** A pooler as the stack declares it; what depends on its cluster comes from the cluster. */
export type PoolerConfig = Omit<
  PostgresPoolerArgs,
  "namespace" | "cluster" | "maxConnections" | "totalInstances" | "mirror"
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
  /**
   * Registries that stand in for the public ones, for everything in the stack.
   *
   * @default - the public ones
   */
  mirror?: Mirror;
  /** The operators. @default - CloudNativePG alone, see PlatformArgs */
  platform: Omit<PlatformArgs, "mirror" | "postgresMajors">;
  /** Clusters by name. At least one. */
  clusters: Record<string, ClusterConfig>;
  /** Poolers by name. @default - none */
  poolers: Record<string, PoolerConfig>;
}

const stackShape = z.strictObject({
  namespace: namespaceName.optional(),
  mirror: mirrorShape.optional(),
  platform: platformShape.omit({ mirror: true, postgresMajors: true }).optional(),
  clusters: z
    .record(z.string(), clusterShape.omit({ namespace: true, poolers: true, mirror: true }))
    .optional(),
  poolers: z
    .record(
      z.string(),
      poolerShape
        .omit({ namespace: true, maxConnections: true, totalInstances: true, mirror: true })
        .extend({ cluster: z.string() }),
    )
    .optional(),
});

/**
 * The configuration of the current stack.
 *
 * @throws InputPropertiesError with everything that is wrong with the whole of it, each with its path: what has no place
 * or the wrong form, and what a component would refuse. Only what is known during a deployment is left to the components.
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

/** Objects come as JSON, anything else as itself: a namespace may be called "123". */
function parsed(text: string): unknown {
  if (!/^[{[]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function stackConfig(declared: Record<string, unknown>): StackConfig {
  refuse("the stack's configuration", stackViolations(declared));
  return withDefaults(declared);
}

function withDefaults(declared: Partial<StackConfig>): StackConfig {
  return { namespace: "databases", platform: {}, clusters: {}, poolers: {}, ...declared };
}

function stackViolations(declared: Record<string, unknown>): Violation[] {
  const malformed = shapeViolations(stackShape, declared);
  // What is well-formed is judged even if something else is not, so that all mistakes are seen at once.
  const stack = withDefaults(wellFormed(stackShape, declared) as Partial<StackConfig>);
  const reported = new Set(malformed.map(({ path }) => path));
  const judged = [
    ...namespaceThere(stack),
    ...noCluster(declared),
    ...unknownClusters(declared, stack),
    ...sharedNames(stack),
    ...componentViolations(stack),
  ];
  return [...malformed, ...judged.filter(({ path }) => !reported.has(path))];
}

/** The program creates the namespace, which fails halfway through a deployment where there is one already. */
function namespaceThere({ namespace, platform }: StackConfig): Violation[] {
  const [part] =
    Object.entries(createdNamespaces(platform)).find(([, other]) => other === namespace) ?? [];
  if (part === undefined && !BUILT_IN_NAMESPACES.includes(namespace)) return [];
  return [
    {
      path: "namespace",
      value: namespace,
      reason: `${part === undefined ? "every Kubernetes" : `platform.${part}`} has it, and the stack creates a namespace for its databases alone`,
      remedy: 'Give the databases a namespace of their own, such as "databases"',
    },
  ];
}

function noCluster({ clusters }: Record<string, unknown>): Violation[] {
  if (clusters !== undefined && keysOf(clusters).length > 0) return [];
  return [
    {
      path: "clusters",
      value: clusters,
      reason: "the stack declares no cluster, so there is nothing to deploy",
      remedy: 'Declare one, such as main: { storage: { size: "10Gi" } }',
    },
  ];
}

function unknownClusters(
  { clusters }: Record<string, unknown>,
  { poolers }: StackConfig,
): Violation[] {
  const names = keysOf(clusters);
  // Without clusters that is what is said, and not about each of the poolers again.
  if (names.length === 0) return [];
  return Object.entries(poolers)
    .filter(([, { cluster }]) => !names.includes(cluster))
    .map(([name, { cluster }]) => ({
      path: propertyPath(["poolers", name, "cluster"]),
      value: cluster,
      reason: "the stack declares no cluster of that name",
      remedy: `Use ${names.length > 1 ? "one of " : ""}${names.join(", ")}`,
    }));
}

function keysOf(value: unknown): string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

/** All are in one namespace, where two objects of one kind and name would be one object that two components write. */
function sharedNames(stack: StackConfig): Violation[] {
  const clusters = Object.entries(stack.clusters).map(([key, { clusterName = key }]) => ({
    key,
    name: clusterName,
    path: propertyPath(["clusters", key]),
  }));
  const poolers = Object.entries(stack.poolers).map(([key, { poolerName = key, cluster }]) => ({
    cluster,
    name: poolerName,
    path: propertyPath(["poolers", key]),
  }));
  return [
    ...clusters.flatMap(({ name, path }, index) => {
      const first = clusters.slice(0, index).find((other) => other.name === name);
      return first ? [sharedName(`${path}.clusterName`, name, `${first.path} has`)] : [];
    }),
    ...poolers.flatMap(({ cluster, name, path }, index) => {
      // Its own cluster is what the pooler's own rule compares it with.
      const others = clusters.filter(({ key }) => key !== cluster);
      const owner = others.find((other) => namesOfCluster(other.name).includes(name));
      const first = poolers.slice(0, index).find((other) => other.name === name);
      return [
        ...(owner
          ? [sharedName(`${path}.poolerName`, name, `${owner.path} or one of its Services has`)]
          : []),
        ...(first ? [sharedName(`${path}.poolerName`, name, `${first.path} has`)] : []),
      ];
    }),
  ];
}

function sharedName(path: string, value: string, whoHas: string): Violation {
  const reason = `${whoHas} this name already, in the same namespace`;
  return { path, value, reason, remedy: "Use another name" };
}

/** What the components would refuse, at the paths under which the stack declares it. */
function componentViolations(stack: StackConfig): Violation[] {
  const { namespace, clusters, poolers } = stack;
  return [
    ...platformOf(stack),
    ...Object.entries(clusters).flatMap(([name, args]) =>
      under(
        propertyPath(["clusters", name]),
        judgedCluster(name, { ...args, namespace }).violations,
      ),
    ),
    ...Object.entries(poolers).flatMap(([name, args]) => poolerViolations(stack, name, args)),
  ];
}

/** A version that the operator does not know is told where the cluster declares it. */
function platformOf({ platform, clusters }: StackConfig): Violation[] {
  const declared = Object.entries(clusters).flatMap(([key, { version }]) =>
    version === undefined ? [] : [{ path: propertyPath(["clusters", key, "version"]), version }],
  );
  const postgresMajors = declared.map(({ version }) => version);
  return platformViolations({ ...platform, postgresMajors }).map((violation) => {
    const [, index] = /^postgresMajors\[(\d+)\]$/.exec(violation.path) ?? [];
    const path = declared[Number(index ?? -1)]?.path ?? `platform.${violation.path}`;
    return { ...violation, path };
  });
}

function poolerViolations(stack: StackConfig, name: string, args: PoolerConfig): Violation[] {
  const { namespace, clusters } = stack;
  const { violations } = judgedPooler(name, {
    ...args,
    namespace,
    totalInstances: poolerInstances(stack, args.cluster),
    ...fromCluster(args.cluster, clusters[args.cluster], namespace),
  });
  const where = propertyPath(["poolers", name]);
  // The pooler takes its connections from the cluster, so there is where their number can be changed.
  const atCluster = propertyPath(["clusters", args.cluster, "parameters", "max_connections"]);
  return violations.flatMap((violation) =>
    violation.path === "maxConnections"
      ? [{ ...violation, path: atCluster, reason: `for ${where}, ${violation.reason}` }]
      : under(where, [violation]),
  );
}

/** Stands for what another mistake leaves open: no rule judges a value that is still to come. */
const OPEN = new Promise<never>(() => undefined);

/** What a pooler takes from its cluster. */
function fromCluster(key: string, args: ClusterConfig | undefined, namespace: string) {
  if (!args) return { cluster: OPEN, maxConnections: OPEN };
  const { values, violations } = judgedCluster(key, { ...args, namespace });
  const connections = maxConnections(values);
  const isWrong = (wrong: string) => violations.some(({ path }) => path === wrong);
  return {
    cluster: isWrong("clusterName") ? OPEN : values.clusterName,
    maxConnections:
      isWrong("parameters.max_connections") || Number.isNaN(connections) ? OPEN : connections,
  };
}

/** The poolers in front of a cluster, by name. */
export function poolersOf(config: StackConfig, cluster: string): [string, PoolerConfig][] {
  return Object.entries(config.poolers).filter(([, pooler]) => pooler.cluster === cluster);
}

/** PgBouncer pods of all poolers of a cluster: they divide its connections among themselves. */
export function poolerInstances(config: StackConfig, cluster: string): number {
  return poolersOf(config, cluster).reduce((sum, [, { instances = 2 }]) => sum + instances, 0);
}
