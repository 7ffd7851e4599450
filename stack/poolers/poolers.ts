import type * as pulumi from "@pulumi/pulumi";
import { PoolerType, type PoolerCredentials, type PostgresPoolerArgs } from "../../components";
import type { Validated } from "../../components/contract/contract";
import { propertyPath } from "../../components/contract/schema";
import { type Violation, under } from "../../components/contract/violation";
import { maxConnections, type CommonValues } from "../../components/postgres/cluster/values-common";
import { isGenerated } from "../../components/postgres/cluster/rules/roles/logins";
import { postgresPooler } from "../../components/postgres/pooler/values";
import { databaseOf, namespaceOf, type Declared, type ValidateDatabase } from "../declared";
import { monitoringOf } from "../monitoring/monitoring";
import { poolerNetworkPolicy } from "../network/network";
import type { PoolerConfig } from "./schema";
import type { StackConfig } from "../schema";
import { UNKNOWN } from "../unknown";

/** Returns the poolers in front of a database, by name. */
export function poolersOf({ poolers }: StackConfig, database: string): [string, PoolerConfig][] {
  return Object.entries(poolers).filter(([, { cluster }]) => cluster === database);
}

/** Returns the names of the poolers and their Services. */
export function poolerNamesOf(stack: StackConfig, database: string): string[] {
  return poolersOf(stack, database).map(([key, { poolerName = key }]) => poolerName);
}

/** Returns the number of PgBouncer pods of all poolers of a database, which share its connections. */
export function poolerInstances(stack: StackConfig, database: string): number {
  return poolersOf(stack, database).reduce((sum, [, { instances = 2 }]) => sum + instances, 0);
}

/** Returns how many logins a stack gives out for a pooler: the owner's, and those of roles with a generated password. */
function loginsOf(stack: StackConfig, database: string): number {
  // Malformed ones are holes.
  return 1 + (databaseOf(stack, database)?.config.roles ?? []).filter(isGenerated).length;
}

/** The values of its database that a pooler needs. */
export interface PooledDatabase {
  name: pulumi.Input<string>;
  namespace: pulumi.Input<string>;
  maxConnections: pulumi.Input<number>;
  /** The owner's login, if it is known. */
  credentials?: pulumi.Input<PoolerCredentials> | undefined;
}

/** Secrets that the stack's authority has issued to the poolers of a database, by their names. */
interface IssuedToPoolers {
  poolerTlsSecrets: pulumi.Output<Record<string, string>>;
}

/** Returns the arguments of a pooler. */
export function poolerArgs(
  stack: StackConfig,
  key: string,
  config: PoolerConfig,
  database: PooledDatabase,
  issued?: IssuedToPoolers,
): PostgresPoolerArgs {
  const { poolerName = key, certificates, monitoring } = config;
  const serverTlsSecret = issued?.poolerTlsSecrets.apply((names) => names[poolerName] ?? "");
  return {
    ...config,
    databases: config.databases ?? loginsOf(stack, config.cluster),
    mirror: stack.mirror,
    namespace: database.namespace,
    cluster: database.name,
    maxConnections: database.maxConnections,
    credentials: database.credentials,
    totalInstances: poolerInstances(stack, config.cluster),
    certificates: serverTlsSecret
      ? { ...certificates, serverTlsSecret: certificates?.serverTlsSecret ?? serverTlsSecret }
      : certificates,
    monitoring: monitoringOf(stack, monitoring),
    networkPolicy: poolerNetworkPolicy(stack, config),
  };
}

/** Finds everything that the component of a pooler would refuse. */
export function poolerViolations(
  stack: StackConfig,
  key: string,
  config: PoolerConfig,
  validate: ValidateDatabase,
): Violation[] {
  const { cluster } = config;
  const database = databaseOf(stack, cluster);
  const of = {
    namespace: database ? namespaceOf(stack, database) : stack.namespace,
    ...(database ? known(validate(database)) : unknown),
  };
  const { violations } = postgresPooler.validate(key, poolerArgs(stack, key, config, of));
  const where = propertyPath(["poolers", key]);
  // A pooler's connections are the database's, so their number must be changed there.
  const atDatabase = propertyPath([
    database?.kind ?? "clusters",
    cluster,
    "parameters",
    "max_connections",
  ]);
  const found = [...violations, ...noReplicas(config, database, validate)];
  return found.flatMap((violation) =>
    violation.path === "maxConnections"
      ? [{ ...violation, path: atDatabase, reason: `${violation.reason} (for ${where})` }]
      : under(where, [violation]),
  );
}

/** PgBouncer would keep its clients waiting, and its pods would never be ready. */
function noReplicas(
  { type }: PoolerConfig,
  database: Declared | undefined,
  validate: ValidateDatabase,
): Violation[] {
  if (type !== PoolerType.ReadOnly || !database) return [];
  if (validate(database).values.instances !== 1) return [];
  const where = propertyPath([database.kind, database.key]);
  return [
    {
      path: "type",
      value: type,
      reason: `needs replicas, and ${where} has only a single instance`,
      remedy: `Use type: r, which leads to any instance, or give ${where} more instances`,
    },
  ];
}

const unknown = { name: UNKNOWN, maxConnections: UNKNOWN };

/** Returns the values that a pooler needs, unless another mistake leaves them unknown. */
function known({ values, violations }: Validated<CommonValues>) {
  const connections = maxConnections(values);
  const isWrong = (wrong: string) => violations.some(({ path }) => path === wrong);
  return {
    name: isWrong("clusterName") ? UNKNOWN : values.clusterName,
    maxConnections:
      isWrong("parameters.max_connections") || Number.isNaN(connections) ? UNKNOWN : connections,
  };
}
