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
export function connectionsPerInstance(share: Omit<PoolerShare, "databases">): number {
  const usable = Math.max(0, share.maxConnections - share.reservedConnections);
  return Math.floor(usable / share.totalInstances);
}

/** The pools that an instance keeps: one per pair, and the one in which PgBouncer looks up passwords (`auth_query`). */
export function poolsPerInstance({ databases }: Pick<PoolerShare, "databases">): number {
  return databases + 1;
}

/**
 * The most connections that an instance keeps aside for looking up passwords.
 *
 * That pool is one of its own, of `cnpg_pooler_pgbouncer` in the database `postgres`, and only the size of all pools limits
 * it. But PgBouncer opens a pool's connections one after the other and only while a login waits, and a look-up takes less
 * than the opening of a connection: 700 clients that logged in at once through three pods had 22 of them, 7 or 8 in each.
 *
 * @see launch_new_connection of src/objects.c of https://github.com/pgbouncer/pgbouncer/tree/pgbouncer_1_25_2
 */
const MOST_FOR_LOGINS = 8;

/** Server connections that an instance keeps aside for looking up passwords, next to pools of this size. */
function loginConnections(pool: number): number {
  return Math.min(pool, MOST_FOR_LOGINS);
}

/** The most server connections that each pool of a pair may have, its reserve included. */
export function connectionsPerPool(share: PoolerShare): number {
  const each = connectionsPerInstance(share);
  // Of small pools the one for looking up passwords may become as large as the others.
  const equal = Math.floor(each / poolsPerInstance(share));
  return Math.max(equal, Math.floor((each - MOST_FOR_LOGINS) / share.databases));
}

/** `max_connections` with which pools of this size, their reserve included, fit. */
export function connectionsFor(pool: number, share: Omit<PoolerShare, "maxConnections">): number {
  const each = pool * share.databases + loginConnections(pool);
  return each * share.totalInstances + share.reservedConnections;
}

/** PgBouncer parameters by name: all their values are text. */
export type PgBouncerParameters = Readonly<Record<string, string>>;

/** The limits of each instance that use up its share, given those that `chosen` already fixes. */
export function sizeParameters(share: PoolerShare, chosen: PgBouncerParameters = {}) {
  const pool = connectionsPerPool(share);
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

/** The server connections of an instance, as PgBouncer's parameters limit them. */
export interface InstanceConnections {
  /** Of each pool of a pair, its reserve included. */
  pool: number;
  /** For looking up passwords. */
  logins: number;
  /** All of them, regardless of the clients. */
  total: number;
}

/** The most server connections that one instance needs with these PgBouncer parameters. */
export function instanceConnections(
  parameters: PgBouncerParameters,
  { databases }: Pick<PoolerShare, "databases">,
): InstanceConnections {
  const size = (name: string) => count(parameters[name]) ?? 0;
  // PgBouncer reads 0 as "no limit".
  const databaseLimit = size("max_db_connections") || Number.POSITIVE_INFINITY;
  const pool = Math.min(size("default_pool_size") + size("reserve_pool_size"), databaseLimit);
  const logins = loginConnections(pool);
  return { pool, logins, total: databases * pool + logins };
}

/** The value of a count, undefined if it is malformed: another rule reports it. */
function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
