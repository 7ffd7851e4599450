import { specOf } from "../../../resources/cluster";
import { exposed } from "../../../resources/network/exposed";
import { resourceRule } from "../../../engine/rule";
import { POOLER } from "../../../engine/types";

export const poolerService = resourceRule({
  name: "pooler-service",
  group: "security",
  description: "A Pooler's Service can be reached only from known addresses.",
  why: "A pooler that is open to the Internet opens the database to it.",
  remediation: "Set spec.serviceTemplate.spec.loadBalancerSourceRanges.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/connection_pooling#service-template",
  types: [POOLER],
  check: (pooler) => exposed(specOf(pooler).at("serviceTemplate")),
});
