import { parametersAllowed as allowed } from "../../../components/postgres/cluster/rules/parameters/allowed";
import { placed, specOf } from "../../resources/cluster";
import { resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const parametersAllowed = resourceRule({
  name: "parameters-allowed",
  group: "security",
  description:
    "No parameter disables durability or encryption, or overrides the operator's settings.",
  why: allowed.why,
  remediation: "Remove the parameter from spec.postgresql.parameters.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/postgresql_conf#fixed-parameters",
  types: [CLUSTER],
  check(cluster) {
    const parameters = specOf(cluster).at("postgresql", "parameters");
    return placed(allowed.check({ parameters: parameters.texts }), { parameters: parameters.path });
  },
});
