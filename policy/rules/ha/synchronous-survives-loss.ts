import { synchronousSurvivesLoss as survivesLoss } from "../../../components/postgres/cluster/rules/synchronous/survives-loss";
import { placed, SYNCHRONOUS_PLACES, synchronousOf } from "../../resources/cluster";
import { resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const synchronousSurvivesLoss = resourceRule({
  name: "synchronous-survives-loss",
  group: "ha",
  description: "Writes continue while one replica is down.",
  why: survivesLoss.why,
  remediation: "Set spec.instances: 3 with spec.postgresql.synchronous.number: 1.",
  severity: "critical",
  level: "mandatory",
  link: "https://github.com/cloudnative-pg/cloudnative-pg/issues/5793",
  types: [CLUSTER],
  check: (cluster) => placed(survivesLoss.check(synchronousOf(cluster)), SYNCHRONOUS_PLACES),
});
