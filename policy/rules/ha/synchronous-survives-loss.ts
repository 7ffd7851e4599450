import { synchronousSurvivesLoss as survivesLoss } from "../../../components/rules/synchronous-survives-loss";
import { placed, SYNCHRONOUS_PLACES, synchronousOf } from "../../cluster";
import { resourceRule } from "../../rule";
import { CLUSTER } from "../../types";

export const synchronousSurvivesLoss = resourceRule({
  name: "synchronous-survives-loss",
  group: "ha",
  description: "Writes go on while one replica is down.",
  why: survivesLoss.why,
  remediation: "Set spec.instances: 3 with spec.postgresql.synchronous.number: 1.",
  severity: "critical",
  level: "mandatory",
  link: "https://github.com/cloudnative-pg/cloudnative-pg/issues/5793",
  types: [CLUSTER],
  judge: (cluster) => placed(survivesLoss.check(synchronousOf(cluster)), SYNCHRONOUS_PLACES),
});
