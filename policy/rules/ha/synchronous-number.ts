import { synchronousNumber as numberFits } from "../../../components/postgres/cluster/rules/synchronous/number";
import { placed, specOf, SYNCHRONOUS_PLACES, synchronousOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const synchronousNumber = resourceRule({
  name: "synchronous-number",
  group: "ha",
  description: "Commits wait for one replica or more, and for no more than exist.",
  why: numberFits.why,
  remediation: "Set spec.postgresql.synchronous.number: 1.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/replication#quorum-based-synchronous-replication",
  types: [CLUSTER],
  *check(cluster) {
    const declared = synchronousOf(cluster);
    yield* placed(numberFits.check(declared), SYNCHRONOUS_PLACES);
    const { synchronous } = declared;
    if (synchronous?.method === undefined || (synchronous.number ?? 0) >= 1) return;
    yield at(
      specOf(cluster).at("postgresql", "synchronous", "number"),
      "must be 1 or more, so that commits wait for a replica",
      "Set it to 1",
    );
  },
});
