import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../contract/rule";
import type { PoolerSizes } from "./sizes";

export interface Share {
  maxConnections?: pulumi.Input<number>;
  reservedConnections: number;
  totalInstances: number;
  /** Undefined while `maxConnections` is not known yet. */
  sizes?: PoolerSizes;
}

export const poolerShare = rule({
  name: "pooler-share",
  why: "Each pool of each instance needs at least one server connection, or its clients wait indefinitely.",
  *check({ maxConnections, reservedConnections, totalInstances, sizes }: Share) {
    if (!sizes || sizes.connectionsPerInstance >= sizes.poolsPerInstance) return;
    const { connectionsPerInstance, poolsPerInstance } = sizes;
    const least = totalInstances * poolsPerInstance + reservedConnections;
    yield {
      path: "maxConnections",
      value: maxConnections,
      reason:
        `leaves each of ${totalInstances} instances ${connectionsPerInstance} connections for ` +
        `${poolsPerInstance} pools, one of them to look up passwords, with ${reservedConnections} in reserve`,
      remedy: `Raise max_connections of the cluster to ${least} or more, or use fewer instances or databases`,
    };
  },
});
