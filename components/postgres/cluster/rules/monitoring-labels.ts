import { labelsFree } from "../../../formats/labels";
import { rule } from "../../../contract/rule";
import { under } from "../../../contract/violation";

export const monitoringLabels = rule({
  name: "monitoring-labels",
  why: "A Prometheus that selects by labels finds a monitor only if Kubernetes accepts them, and nothing else sets them.",
  check: ({ monitoring = {} }: { monitoring?: { labels?: Record<string, string> } }) =>
    under("monitoring", labelsFree.check({ labels: monitoring.labels })),
});
