/** The sizes of each instance that follow from a pooler's share of the connections of its cluster. */
export interface PoolerSizes {
  /** Pools that it keeps, the one for looking up passwords included. */
  poolsPerInstance: number;
  /** Server connections that it may open. */
  connectionsPerInstance: number;
  /** The most of them that each pool of a pair may have. */
  connectionsPerPool: number;
  /** The server connections that its parameters allow, regardless of its clients. */
  needed: { pool: number; logins: number; total: number };
  /** `max_connections` with which they would fit. */
  sufficient: number;
}
