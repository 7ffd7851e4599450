import { specOf, synchronousOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const synchronousDurability = resourceRule({
  name: "synchronous-durability",
  group: "ha",
  description: "Synchronous replication says what goes first when replicas are missing.",
  why: "Whether writes stop or go on without a copy is a decision, and a default hides that it was never made.",
  remediation: "Set spec.postgresql.synchronous.dataDurability: required (or preferred).",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/replication#data-durability-and-synchronous-replication",
  types: [CLUSTER],
  *judge(cluster) {
    const { synchronous } = synchronousOf(cluster);
    const choices = ["required", "preferred"];
    if (!synchronous || choices.includes(synchronous.dataDurability ?? "")) return;
    yield at(
      specOf(cluster).at("postgresql", "synchronous", "dataDurability"),
      "nobody has decided whether writes stop or go on without a copy when replicas are missing",
      "Set it to required, or to preferred if availability goes first",
    );
  },
});
