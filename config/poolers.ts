import type * as pulumi from "@pulumi/pulumi";
import type { PostgresPoolerArgs } from "../components";
import { monitoringOf } from "./monitoring";
import { poolerNetworkPolicy } from "./network";
import type { PoolerConfig, StackConfig } from "./stack-config";

/** The poolers in front of a database, by name. */
export function poolersOf({ poolers }: StackConfig, database: string): [string, PoolerConfig][] {
  return Object.entries(poolers).filter(([, { cluster }]) => cluster === database);
}

/** What they and their Services are called. */
export function poolerNamesOf(stack: StackConfig, database: string): string[] {
  return poolersOf(stack, database).map(([key, { poolerName = key }]) => poolerName);
}

/** PgBouncer pods of all poolers of a database: they divide its connections among themselves. */
export function poolerInstances(stack: StackConfig, database: string): number {
  return poolersOf(stack, database).reduce((sum, [, { instances = 2 }]) => sum + instances, 0);
}

/** What a pooler takes from its database. */
export interface PooledDatabase {
  name: pulumi.Input<string>;
  namespace: pulumi.Input<string>;
  maxConnections: pulumi.Input<number>;
}

/** Secrets that the stack's authority has issued to the poolers of a database, by their names. */
interface IssuedToPoolers {
  poolerTlsSecrets: pulumi.Output<Record<string, string>>;
}

/** Arguments of a pooler. */
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
    mirror: stack.mirror,
    namespace: database.namespace,
    cluster: database.name,
    maxConnections: database.maxConnections,
    totalInstances: poolerInstances(stack, config.cluster),
    certificates: serverTlsSecret
      ? { ...certificates, serverTlsSecret: certificates?.serverTlsSecret ?? serverTlsSecret }
      : certificates,
    monitoring: monitoringOf(stack, monitoring),
    networkPolicy: poolerNetworkPolicy(stack, config),
  };
}
