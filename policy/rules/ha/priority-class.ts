import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const priorityClass = resourceRule({
  name: "priority-class",
  group: "ha",
  description: "A Cluster's pods have a priority class.",
  why: "On a full host pods without one are evicted like any other, the database with them.",
  remediation: "Set spec.priorityClassName to a PriorityClass of yours.",
  severity: "low",
  // Kubernetes brings no class for databases: only who has made one can ask for it.
  level: "disabled",
  link: "https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/",
  types: [CLUSTER],
  *judge(cluster) {
    const name = specOf(cluster).at("priorityClassName");
    if (name.text !== undefined && name.text !== "") return;
    yield at(
      name,
      "other pods may take the database's place on a full host",
      "Set it to the name of a PriorityClass",
    );
  },
});
