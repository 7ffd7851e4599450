/**
 * The number of server connections that a pooler may open, so that all poolers of a cluster together never cause
 * PostgreSQL's "too many connections": that error would hit the next client, and after a failover all clients connect.
 *
 * @see https://www.pgbouncer.org/config.html
 */

/** The counts by which the connections of a cluster are divided. */
export interface PoolerShare {
  /** `max_connections` of the PostgreSQL cluster. */
  maxConnections: number;
  /** Connections that no pooler may use. */
  reservedConnections: number;
  /** PgBouncer instances of all poolers of the cluster. */
  totalInstances: number;
  /** Database and user pairs that connect through the pooler. */
  databases: number;
}

/** Server connections that one instance may open. */
export function connectionsPerInstance(share: PoolerShare): number {
  const usable = Math.max(0, share.maxConnections - share.reservedConnections);
  return Math.floor(usable / share.totalInstances);
}

/**
 * Pools that an instance keeps: one per pair, and one in which PgBouncer looks up passwords (`auth_query`). The latter
 * grows to the same size when many clients log in at once, as after a failover.
 */
export function poolsPerInstance({ databases }: Pick<PoolerShare, "databases">): number {
  return databases + 1;
}

/** PgBouncer parameters by name: all their values are text. */
export type PgBouncerParameters = Readonly<Record<string, string>>;

/** The limits of each instance that use up its share, given those that `chosen` already fixes. */
export function sizeParameters(share: PoolerShare, chosen: PgBouncerParameters = {}) {
  const pool = Math.floor(connectionsPerInstance(share) / poolsPerInstance(share));
  // A fifth stays aside for bursts: enough to dissolve a queue, too little to starve the other pools.
  const burst = Math.floor(pool / 5);
  const size = count(chosen["default_pool_size"]) ?? pool - burst;
  const reserve = count(chosen["reserve_pool_size"]) ?? Math.min(burst, Math.max(0, pool - size));
  // The total of the pools, which also limits logins of pairs that were not planned.
  const limit = (size + reserve) * share.databases;
  return {
    default_pool_size: String(size),
    reserve_pool_size: String(reserve),
    max_db_connections: chosen["max_db_connections"] ?? String(limit),
    max_user_connections: chosen["max_user_connections"] ?? String(limit),
  };
}

/** The most server connections that one instance opens with these PgBouncer parameters, regardless of its clients. */
export function worstCaseConnections(
  parameters: PgBouncerParameters,
  share: Pick<PoolerShare, "databases">,
): number {
  const size = (name: string) => count(parameters[name]) ?? 0;
  const pool = size("default_pool_size") + size("reserve_pool_size");
  // PgBouncer reads 0 as "no limit".
  const databaseLimit = size("max_db_connections") || Number.POSITIVE_INFINITY;
  return poolsPerInstance(share) * Math.min(pool, databaseLimit);
}

/** The value of a count, undefined if it is malformed: another rule reports it. */
function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
