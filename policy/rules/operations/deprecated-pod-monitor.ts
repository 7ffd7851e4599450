import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const deprecatedPodMonitor = resourceRule({
  name: "deprecated-pod-monitor",
  group: "operations",
  description: "A Cluster's PodMonitor is declared beside it.",
  why: "enablePodMonitor is deprecated, and what it makes cannot be changed.",
  remediation: "Remove spec.monitoring.enablePodMonitor and declare a PodMonitor.",
  severity: "low",
  level: "advisory",
  link: "https://cloudnative-pg.io/docs/1.30/monitoring",
  types: [CLUSTER],
  *judge(cluster) {
    const enabled = specOf(cluster).at("monitoring", "enablePodMonitor");
    if (enabled.flag !== true) return;
    yield at(
      enabled,
      "it is deprecated, and its monitor cannot be changed",
      "Remove it and declare a PodMonitor",
    );
  },
});
