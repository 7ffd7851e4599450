import { specOf } from "../../../resources/cluster";
import { exposed } from "../../../resources/network/exposed";
import { resourceRule } from "../../../engine/rule";
import { CLUSTER } from "../../../engine/types";

export const clusterServices = resourceRule({
  name: "cluster-services",
  group: "security",
  description: "A Cluster's additional Services can be reached only from known addresses.",
  why: "A database that is open to the Internet is attacked from the first hour.",
  remediation:
    "Set loadBalancerSourceRanges in spec.managed.services.additional[].serviceTemplate.spec.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/service_management",
  types: [CLUSTER],
  *check(cluster) {
    for (const service of specOf(cluster).at("managed", "services", "additional").items) {
      yield* exposed(service.at("serviceTemplate"));
    }
  },
});
