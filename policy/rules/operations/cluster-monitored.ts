import { monitoredPods } from "../../resources/network/monitors";
import { at, stackRule } from "../../engine/rule";
import { PodSelectors } from "../../resources/network/selectors";
import { instanceLabels, namespaceOf, nameOf } from "../../engine/stack";
import { CLUSTER } from "../../engine/types";

export const clusterMonitored = stackRule({
  name: "cluster-monitored",
  group: "operations",
  description: "Each Cluster has a PodMonitor.",
  why: "Without metrics, users are the first to notice replication lag, a full volume or a failed backup.",
  remediation:
    "Declare a PodMonitor with selector.matchLabels[cnpg.io/cluster] and the port metrics.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/monitoring",
  type: CLUSTER,
  *checkStack(stack) {
    const monitors = new PodSelectors("cnpg.io/cluster", [...monitoredPods(stack).values()].flat());
    for (const resource of stack.ofType(CLUSTER)) {
      const namespace = namespaceOf(resource);
      const labels = instanceLabels(nameOf(resource) ?? "");
      if (monitors.match(namespace, labels)) continue;
      yield {
        resource,
        ...at(
          resource.object.at("metadata", "name"),
          `no PodMonitor of the stack selects its pods in ${namespace}`,
          "Declare one with selector.matchLabels cnpg.io/cluster and this name",
        ),
      };
    }
  },
});
