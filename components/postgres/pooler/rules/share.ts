import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../contract/rule";
import type { PoolerSizes } from "./sizes";

export interface Share {
  maxConnections?: pulumi.Input<number>;
  reservedConnections: number;
  totalInstances: number;
  /** Not there while `maxConnections` is still to come. */
  sizes?: PoolerSizes;
}

export const poolerShare = rule({
  name: "pooler-share",
  why: "Each pool of each instance needs at least one server connection, or its clients wait for ever.",
  *check({ maxConnections, reservedConnections, totalInstances, sizes }: Share) {
    if (!sizes || sizes.connectionsPerInstance >= sizes.poolsPerInstance) return;
    const { connectionsPerInstance, poolsPerInstance } = sizes;
    const least = totalInstances * poolsPerInstance + reservedConnections;
    yield {
      path: "maxConnections",
      value: maxConnections,
      reason:
        `less ${reservedConnections} in reserve and divided by ${totalInstances} instances it leaves ` +
        `${connectionsPerInstance} connections for ${poolsPerInstance} pools`,
      remedy: `Raise max_connections of the cluster to ${least} or more, or use fewer instances or databases`,
    };
  },
});
