import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const deprecatedPodMonitor = resourceRule({
  name: "deprecated-pod-monitor",
  group: "operations",
  description: "A Cluster's PodMonitor is a separate resource.",
  why: "enablePodMonitor is deprecated, and the PodMonitor that it creates cannot be changed.",
  remediation: "Remove spec.monitoring.enablePodMonitor and declare a PodMonitor.",
  severity: "low",
  level: "advisory",
  link: "https://cloudnative-pg.io/docs/1.30/monitoring",
  types: [CLUSTER],
  *check(cluster) {
    const enabled = specOf(cluster).at("monitoring", "enablePodMonitor");
    if (enabled.flag !== true) return;
    yield at(
      enabled,
      "is deprecated, and the PodMonitor that it creates cannot be changed",
      "Remove it and declare a PodMonitor",
    );
  },
});
