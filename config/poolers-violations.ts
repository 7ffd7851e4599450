import { judgedPooler } from "../components/postgres/pooler-values";
import { maxConnections } from "../components/postgres/cluster-values";
import { propertyPath } from "../components/rules/shape";
import { type Violation, under } from "../components/rules/violation";
import { judgedDatabase, OPEN } from "./judged";
import { poolerArgs } from "./poolers";
import { databasesOf, type PoolerConfig, type StackConfig } from "./stack-config";

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
  return violations.flatMap((violation) =>
    violation.path === "maxConnections"
      ? [{ ...violation, path: atDatabase, reason: `for ${where}, ${violation.reason}` }]
      : under(where, [violation]),
  );
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
