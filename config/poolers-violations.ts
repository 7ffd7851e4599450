import { judgedPooler } from "../components/postgres/pooler-values";
import { PoolerType } from "../components/postgres/pooler-args";
import { maxConnections } from "../components/postgres/cluster-values";
import { propertyPath } from "../components/rules/shape";
import { type Violation, under } from "../components/rules/violation";
import { judgedDatabase, OPEN } from "./judged";
import { poolerArgs } from "./poolers";
import { databasesOf, type Declared, type PoolerConfig, type StackConfig } from "./stack-config";

/** Poolers of databases that nobody declares, among all names that somebody does. */
export function unknownDatabases({ poolers }: StackConfig, names: readonly string[]): Violation[] {
  return Object.entries(poolers)
    .filter(([, { cluster }]) => !names.includes(cluster))
    .map(([name, { cluster }]) => ({
      path: propertyPath(["poolers", name, "cluster"]),
      value: cluster,
      reason: "the stack declares no cluster of that name",
      remedy: `Use ${names.length > 1 ? "one of " : ""}${names.join(", ")}`,
    }));
}

/** What the component of a pooler would refuse. */
export function poolerViolations(
  stack: StackConfig,
  key: string,
  config: PoolerConfig,
): Violation[] {
  const { cluster } = config;
  const database = databasesOf(stack).find((declared) => declared.key === cluster);
  const of = { namespace: stack.namespace, ...(database ? known(stack, database) : unknown) };
  const { violations } = judgedPooler(key, poolerArgs(stack, key, config, of));
  const where = propertyPath(["poolers", key]);
  // The pooler takes its connections from the database, so there is where their number can be changed.
  const atDatabase = propertyPath([
    database?.kind ?? "clusters",
    cluster,
    ...["parameters", "max_connections"],
  ]);
  const told = [...violations, ...noReplicas(stack, config, database)];
  return told.flatMap((violation) =>
    violation.path === "maxConnections"
      ? [{ ...violation, path: atDatabase, reason: `for ${where}, ${violation.reason}` }]
      : under(where, [violation]),
  );
}

/** PgBouncer would keep its clients waiting, and its pods would never be ready. */
function noReplicas(
  stack: StackConfig,
  { type }: PoolerConfig,
  database: Declared | undefined,
): Violation[] {
  if (type !== PoolerType.ReadOnly || !database) return [];
  if (judgedDatabase(stack, database).values.instances !== 1) return [];
  const where = propertyPath([database.kind, database.key]);
  return [
    {
      path: "type",
      value: type,
      reason: `it leads to the replicas of ${where}, which has a single instance and so none`,
      remedy: `Use type: r, which leads to any instance, or give ${where} more instances`,
    },
  ];
}

const unknown = { name: OPEN, maxConnections: OPEN };

/** What a pooler takes from its database, unless another mistake leaves it open. */
function known(stack: StackConfig, database: Parameters<typeof judgedDatabase>[1]) {
  const { values, violations } = judgedDatabase(stack, database);
  const connections = maxConnections(values);
  const isWrong = (wrong: string) => violations.some(({ path }) => path === wrong);
  return {
    name: isWrong("clusterName") ? OPEN : values.clusterName,
    maxConnections:
      isWrong("parameters.max_connections") || Number.isNaN(connections) ? OPEN : connections,
  };
}
