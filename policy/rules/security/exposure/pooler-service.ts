import { specOf } from "../../../resources/cluster";
import { exposed } from "../../../resources/network/exposed";
import { resourceRule } from "../../../engine/rule";
import { POOLER } from "../../../engine/types";

export const poolerService = resourceRule({
  name: "pooler-service",
  group: "security",
  description: "A Pooler's Service is reached by known addresses only.",
  why: "A pooler that the whole Internet reaches is as good as a database that is.",
  remediation: "Set spec.serviceTemplate.spec.loadBalancerSourceRanges.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/connection_pooling#service-template",
  types: [POOLER],
  judge: (pooler) => exposed(specOf(pooler).at("serviceTemplate")),
});
