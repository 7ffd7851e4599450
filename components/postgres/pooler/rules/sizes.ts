/** The sizes of each instance that follow from a pooler's share of the connections of its cluster. */
export interface PoolerSizes {
  /** Pools that it keeps. */
  poolsPerInstance: number;
  /** Server connections that it may open. */
  connectionsPerInstance: number;
  /** The most server connections that it opens, regardless of its clients. */
  worstCaseConnections: number;
}
