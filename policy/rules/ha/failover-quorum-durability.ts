import { failoverQuorum } from "../../../components/postgres/cluster/rules/synchronous/failover-quorum";
import { placed, SYNCHRONOUS_PLACES, synchronousOf } from "../../resources/cluster";
import { resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const failoverQuorumDurability = resourceRule({
  name: "failover-quorum-durability",
  group: "ha",
  description: "A Cluster with a failover quorum has required durability.",
  why: failoverQuorum.why,
  remediation: "Set spec.postgresql.synchronous.dataDurability: required.",
  severity: "critical",
  level: "mandatory",
  link: "https://github.com/cloudnative-pg/cloudnative-pg/issues/8790",
  types: [CLUSTER],
  check: (cluster) => placed(failoverQuorum.check(synchronousOf(cluster)), SYNCHRONOUS_PLACES),
});
