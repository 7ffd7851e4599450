/** What follows from a pooler's share of the connections of its cluster, for each of its instances. */
export interface PoolerSizes {
  /** Pools that it keeps. */
  poolsPerInstance: number;
  /** Server connections that it may open. */
  connectionsPerInstance: number;
  /** The most server connections that it opens, whatever its clients do. */
  worstCaseConnections: number;
}
