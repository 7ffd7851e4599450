import { objectIn } from "../../engine/object-in";
import { instancesOf, specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const clusterDisruptionBudget = resourceRule({
  name: "cluster-disruption-budget",
  group: "ha",
  description: "A Cluster with replicas has disruption budgets, and a single instance has none.",
  why: "Without budgets a drain evicts the primary and its replicas at once; with a budget a single instance can never be evicted.",
  remediation: "Set spec.enablePDB: true with two instances or more, and false with one.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/kubernetes_upgrade#pod-disruption-budgets",
  types: [CLUSTER],
  *check(cluster) {
    const enabled = specOf(cluster).at("enablePDB");
    const instances = instancesOf(cluster);
    if (instances > 1 && enabled.flag === false) {
      yield at(enabled, "a drain may evict all instances at once", "Remove it, or set it to true");
    }
    const maintenance = specOf(cluster).at("nodeMaintenanceWindow", "inProgress");
    if (instances > 1 && maintenance.flag === true) {
      yield at(
        maintenance,
        "the operator removes the budgets while this is set",
        "Remove it; instances move by themselves when a node is drained",
      );
    }
    if (instances === 1 && enabled.flag !== false) {
      yield at(
        enabled,
        "the budget of a single instance never allows its eviction, and blocks every drain of its host",
        "Set it to false, or use 3 instances",
      );
    }
  },
  remediate(properties) {
    const spec = objectIn(properties, "spec");
    spec["enablePDB"] = Number(spec["instances"] ?? 1) > 1;
  },
});
