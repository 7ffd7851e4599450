import { parametersOf, specOf } from "../../resources/cluster";
import type { Part } from "../../engine/part";
import { stackRule } from "../../engine/rule";
import type { Resource } from "../../engine/resource";
import { count } from "../../engine/settings";
import { grouped, namespaceOf, nameOf, type Stack } from "../../engine/stack";
import { CLUSTER, POOLER } from "../../engine/types";

/** Defaults of PostgreSQL and PgBouncer. */
const DEFAULT_MAX_CONNECTIONS = 100;
const DEFAULT_POOL_SIZE = 20;

export const poolerConnections = stackRule({
  name: "pooler-connections",
  group: "pooler",
  description: "All poolers of a Cluster together open no more connections than it accepts.",
  why: "Further connections fail with `too many connections`, above all after a failover, when all clients reconnect.",
  remediation:
    "Lower spec.pgbouncer.parameters.default_pool_size, or raise max_connections of the Cluster.",
  severity: "high",
  level: "mandatory",
  link: "https://www.pgbouncer.org/config.html#default_pool_size",
  type: POOLER,
  settings: {
    pools: count(1, "Pairs of user and database that connect through each pooler"),
    reserved: count(13, "Connections that no pooler may use"),
  },
  *checkStack(stack, { pools, reserved }) {
    const byCluster = poolersByCluster(stack);
    for (const cluster of stack.ofType(CLUSTER)) {
      const poolers = byCluster.get(`${namespaceOf(cluster)}/${nameOf(cluster) ?? ""}`) ?? [];
      const most = poolers.reduce((sum, pooler) => sum + connectionsOf(pooler, pools), 0);
      const declared = parametersOf(cluster)["max_connections"];
      const usable = Number(declared ?? DEFAULT_MAX_CONNECTIONS) - reserved;
      // Another rule reports a value that is not a number.
      if (Number.isNaN(usable) || Number.isNaN(most) || most <= usable) continue;
      yield {
        resource: cluster,
        path: "spec.postgresql.parameters.max_connections",
        value: declared,
        reason: `${poolers.map(({ name }) => name).join(" and ")} may open ${most} connections, but only ${usable} are free, with ${reserved} reserved`,
        remedy: `Set it to "${most + reserved}" or more, or lower default_pool_size of the poolers`,
      };
    }
  },
});

function poolersByCluster(stack: Stack): Map<string, Resource[]> {
  return grouped(stack.ofType(POOLER), (pooler) => {
    return `${namespaceOf(pooler)}/${specOf(pooler).at("cluster", "name").text ?? ""}`;
  });
}

function connectionsOf(pooler: Resource, pools: number): number {
  const parameters = specOf(pooler).at("pgbouncer", "parameters");
  const pool =
    size(parameters, "default_pool_size", DEFAULT_POOL_SIZE) +
    size(parameters, "reserve_pool_size", 0);
  // PgBouncer reads 0 as no limit.
  const limit = size(parameters, "max_db_connections", 0) || Number.POSITIVE_INFINITY;
  return (specOf(pooler).at("instances").number ?? 1) * Math.min(pools * pool, limit);
}

function size(parameters: Part, name: string, standard: number): number {
  return Number(parameters.at(name).scalar ?? standard);
}
