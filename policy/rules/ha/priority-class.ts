import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const priorityClass = resourceRule({
  name: "priority-class",
  group: "ha",
  description: "A Cluster's pods have a priority class.",
  why: "Without one the database's pods are evicted from a full host like any other pod.",
  remediation: "Set spec.priorityClassName to the name of your PriorityClass.",
  severity: "low",
  // Kubernetes has no class for databases: the rule is for clusters that have their own.
  level: "disabled",
  link: "https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/",
  types: [CLUSTER],
  *check(cluster) {
    const name = specOf(cluster).at("priorityClassName");
    if (name.text !== undefined && name.text !== "") return;
    yield at(
      name,
      "other pods may displace the database from a full host",
      "Set it to the name of a PriorityClass",
    );
  },
});
