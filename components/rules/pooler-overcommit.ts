import { z } from "zod";
import { maybe, rule } from "./rule";

export const poolerOvercommit = rule({
  name: "pooler-overcommit",
  why: "All poolers of a cluster together must not open more connections than it has.",
  subject: z.object({
    parameters: maybe(z.record(z.string(), z.string())),
    maxConnections: maybe(z.int()),
    worstCaseConnections: maybe(z.number()),
    poolsPerInstance: maybe(z.int()),
    connectionsPerInstance: maybe(z.int()),
  }),
  judge: ({ parameters = {}, ...share }) => {
    const { worstCaseConnections, connectionsPerInstance, poolsPerInstance = 1 } = share;
    const path = SIZES.find((size) => parameters[size] !== undefined);
    if (path === undefined || share.maxConnections === undefined) return [];
    if (worstCaseConnections === undefined || connectionsPerInstance === undefined) return [];
    if (worstCaseConnections <= connectionsPerInstance) return [];
    return [
      {
        path: `parameters.${path}`,
        value: parameters[path],
        reason:
          `an instance could open ${worstCaseConnections} server connections, but its share of the cluster's is ` +
          `${connectionsPerInstance}: the rest would meet "too many connections", first of all after a failover`,
        remedy:
          "Remove it to get the sizes that fit, keep default_pool_size and reserve_pool_size together at " +
          `${Math.floor(connectionsPerInstance / poolsPerInstance)} or less, or raise max_connections`,
      },
    ];
  },
});

/** Parameters that limit server connections, the most telling first. */
const SIZES = ["default_pool_size", "reserve_pool_size", "max_db_connections"];
