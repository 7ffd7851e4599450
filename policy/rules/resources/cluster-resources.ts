import { specOf } from "../../resources/cluster";
import { missingResources } from "../../resources/pods/requests";
import { resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const clusterResources = resourceRule({
  name: "cluster-resources",
  group: "resources",
  description: "A Cluster has requests and limits.",
  why: "Without them its pods are evicted first, and other pods may use up the memory of their host.",
  remediation: "Set spec.resources.requests and spec.resources.limits, both with cpu and memory.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/resource_management",
  types: [CLUSTER],
  check: (cluster) => missingResources(specOf(cluster).at("resources")),
});
