import { z } from "zod";
import { maybe, rule } from "./rule";

export const poolerShare = rule({
  name: "pooler-share",
  why: "Each pool of each instance needs at least one server connection, or its clients wait for ever.",
  subject: z.object({
    maxConnections: maybe(z.int().min(1)),
    reservedConnections: maybe(z.int()),
    totalInstances: maybe(z.int().min(1)),
    poolsPerInstance: maybe(z.int().min(1)),
    connectionsPerInstance: maybe(z.int()),
  }),
  judge: (share) => {
    const { maxConnections, reservedConnections, totalInstances } = share;
    const { poolsPerInstance, connectionsPerInstance } = share;
    if (maxConnections === undefined || poolsPerInstance === undefined) return [];
    if (connectionsPerInstance === undefined || connectionsPerInstance >= poolsPerInstance)
      return [];
    const least = (totalInstances ?? 1) * poolsPerInstance + (reservedConnections ?? 0);
    return [
      {
        path: "maxConnections",
        value: maxConnections,
        reason:
          `less ${reservedConnections ?? 0} in reserve and divided by ${totalInstances ?? 1} instances it leaves ` +
          `${connectionsPerInstance} connections for ${poolsPerInstance} pools`,
        remedy: `Raise max_connections of the cluster to ${least} or more, or use fewer instances or databases`,
      },
    ];
  },
});
