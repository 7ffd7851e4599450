import { specOf } from "../../resources/cluster";
import { missingResources } from "../../resources/pods/requests";
import { resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const clusterResources = resourceRule({
  name: "cluster-resources",
  group: "resources",
  description: "A Cluster has requests and limits.",
  why: "Without them its pods are the first to be evicted, and share a host's memory with whoever takes more.",
  remediation: "Set spec.resources.requests and spec.resources.limits, cpu and memory each.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/resource_management",
  types: [CLUSTER],
  judge: (cluster) => missingResources(specOf(cluster).at("resources")),
});
