import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../contract/rule";
import type { PoolerSizes } from "./sizes";

export interface Limits {
  parameters: Record<string, string>;
  maxConnections?: pulumi.Input<number>;
  reservedConnections: number;
  totalInstances: number;
  databases: number;
  /** Undefined while the cluster's connections are not known yet. */
  sizes?: PoolerSizes;
}

export const poolerOvercommit = rule({
  name: "pooler-overcommit",
  why: "All poolers of a cluster together must not open more connections than it has.",
  *check(limits: Limits) {
    const { parameters, sizes, databases } = limits;
    const name = SIZES.find((size) => parameters[size] !== undefined);
    if (name === undefined || !sizes) return;
    const { needed, connectionsPerInstance, connectionsPerPool, sufficient } = sizes;
    if (needed.total <= connectionsPerInstance) return;
    const pools = databases === 1 ? "a pool" : `${databases} pools`;
    yield {
      path: `parameters.${name}`,
      value: parameters[name],
      reason:
        `an instance could open ${needed.total} server connections, ${pools} of ${needed.pool} and ${needed.logins} to ` +
        `look up passwords, but its share of the cluster's is ${connectionsPerInstance}${shareOf(limits)}: the rest would ` +
        'fail with "too many connections", above all after a failover',
      remedy:
        "Remove it to get the sizes that fit, keep default_pool_size and reserve_pool_size together at " +
        `${connectionsPerPool} or less, or raise max_connections${Number.isFinite(sufficient) ? ` to ${sufficient}` : ""}`,
    };
  },
});

/** How the share comes about. */
function shareOf({ maxConnections, reservedConnections, totalInstances }: Limits): string {
  if (typeof maxConnections !== "number") return "";
  return ` (of ${maxConnections}, less ${reservedConnections} in reserve, for ${totalInstances} of all poolers)`;
}

/** Parameters that limit server connections, the most relevant first. */
const SIZES = ["default_pool_size", "reserve_pool_size", "max_db_connections"];
