import { instancesOf, isReplica, specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const clusterSynchronous = resourceRule({
  name: "cluster-synchronous",
  group: "ha",
  description: "A Cluster that accepts writes replicates them synchronously.",
  why: "A commit that no replica has is lost with the primary.",
  remediation:
    "Set spec.postgresql.synchronous: { method: any, number: 1, dataDurability: required }.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/replication#synchronous-replication",
  types: [CLUSTER],
  *check(cluster) {
    // A replica cluster accepts no commits, and with a failover quorum the operator would never fail over in it.
    if (isReplica(cluster)) return;
    const synchronous = specOf(cluster).at("postgresql", "synchronous");
    if (instancesOf(cluster) < 2 || synchronous.at("method").text !== undefined) return;
    yield at(
      synchronous,
      "commits do not wait for a replica, and a failover loses those that no replica has yet",
      "Set it to { method: any, number: 1, dataDurability: required }",
    );
  },
});
