import { specOf } from "../../resources/cluster";
import { objectIn } from "../../engine/object-in";
import { guarantee, unequalResources } from "../../resources/pods/requests";
import { resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const clusterGuaranteed = resourceRule({
  name: "cluster-guaranteed",
  group: "resources",
  description: "A Cluster's requests equal its limits.",
  why: "Only then its pods are Guaranteed, which a host short of memory kills last.",
  remediation: "Set spec.resources.requests to the values of spec.resources.limits.",
  severity: "high",
  level: "mandatory",
  link: "https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/",
  types: [CLUSTER],
  check: (cluster) => unequalResources(specOf(cluster).at("resources")),
  remediate(properties) {
    guarantee(objectIn(objectIn(properties, "spec"), "resources"));
  },
});
