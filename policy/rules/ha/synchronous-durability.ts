import { specOf, synchronousOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const synchronousDurability = resourceRule({
  name: "synchronous-durability",
  group: "ha",
  description: "Synchronous replication sets the priority of durability or availability.",
  why: "Whether writes stop or continue without a copy when replicas are missing needs a decision, not a default.",
  remediation: "Set spec.postgresql.synchronous.dataDurability: required (or preferred).",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/replication#data-durability-and-synchronous-replication",
  types: [CLUSTER],
  *check(cluster) {
    const { synchronous } = synchronousOf(cluster);
    const choices = ["required", "preferred"];
    if (!synchronous || choices.includes(synchronous.dataDurability ?? "")) return;
    yield at(
      specOf(cluster).at("postgresql", "synchronous", "dataDurability"),
      "must be set: it decides whether writes stop or continue without a copy when replicas are missing",
      "Set it to required, or to preferred if availability has priority",
    );
  },
});
