import { rule } from "../../../contract/rule";
import type { PoolerSizes } from "./sizes";

export interface Limits {
  parameters: Record<string, string>;
  /** Undefined while the cluster's connections are not known yet. */
  sizes?: PoolerSizes;
}

export const poolerOvercommit = rule({
  name: "pooler-overcommit",
  why: "All poolers of a cluster together must not open more connections than it has.",
  *check({ parameters, sizes }: Limits) {
    const name = SIZES.find((size) => parameters[size] !== undefined);
    if (name === undefined || !sizes) return;
    const { worstCaseConnections, connectionsPerInstance, poolsPerInstance } = sizes;
    if (worstCaseConnections <= connectionsPerInstance) return;
    yield {
      path: `parameters.${name}`,
      value: parameters[name],
      reason:
        `an instance could open ${worstCaseConnections} server connections, but its share of the cluster's is ` +
        `${connectionsPerInstance}: the rest would fail with "too many connections", above all after a failover`,
      remedy:
        "Remove it to get the sizes that fit, keep default_pool_size and reserve_pool_size together at " +
        `${Math.floor(connectionsPerInstance / poolsPerInstance)} or less, or raise max_connections`,
    };
  },
});

/** Parameters that limit server connections, the most relevant first. */
const SIZES = ["default_pool_size", "reserve_pool_size", "max_db_connections"];
