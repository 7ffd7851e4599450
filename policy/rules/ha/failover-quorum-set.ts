import { instancesOf, specOf, synchronousOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const failoverQuorumSet = resourceRule({
  name: "failover-quorum-set",
  group: "ha",
  description: "A Cluster with required durability has a failover quorum.",
  why: "Without the quorum a failover may promote a replica that misses acknowledged commits.",
  remediation: "Set spec.postgresql.synchronous.failoverQuorum: true.",
  severity: "medium",
  level: "advisory",
  link: "https://cloudnative-pg.io/docs/1.30/failover#failover-quorum-quorum-based-failover",
  types: [CLUSTER],
  *check(cluster) {
    const { synchronous } = synchronousOf(cluster);
    if (synchronous?.dataDurability !== "required" || instancesOf(cluster) < 3) return;
    if (synchronous.failoverQuorum === true) return;
    yield at(
      specOf(cluster).at("postgresql", "synchronous", "failoverQuorum"),
      "a failover could promote a replica that misses acknowledged commits",
      "Set it to true",
    );
  },
});
