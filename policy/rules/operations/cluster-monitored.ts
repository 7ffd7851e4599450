import { monitoredPods } from "../../resources/network/monitors";
import { at, stackRule } from "../../engine/rule";
import { PodSelectors } from "../../resources/network/selectors";
import { instanceLabels, namespaceOf, nameOf } from "../../engine/stack";
import { CLUSTER } from "../../engine/types";

export const clusterMonitored = stackRule({
  name: "cluster-monitored",
  group: "operations",
  description: "Each Cluster has a PodMonitor.",
  why: "Replication lag, a full volume and a failed backup are seen in metrics, or by the users.",
  remediation:
    "Declare a PodMonitor with selector.matchLabels[cnpg.io/cluster] and the port metrics.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/monitoring",
  type: CLUSTER,
  *judgeStack(stack) {
    const monitors = new PodSelectors("cnpg.io/cluster", [...monitoredPods(stack).values()].flat());
    for (const subject of stack.ofType(CLUSTER)) {
      const namespace = namespaceOf(subject);
      const labels = instanceLabels(nameOf(subject) ?? "");
      if (monitors.take(namespace, labels)) continue;
      yield {
        subject,
        ...at(
          subject.object.at("metadata", "name"),
          `no PodMonitor of the stack selects its pods in ${namespace}`,
          "Declare one with selector.matchLabels cnpg.io/cluster and this name",
        ),
      };
    }
  },
});
