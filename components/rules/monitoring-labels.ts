import { z } from "zod";
import { labelsFree } from "./labels-free";
import { maybe, rule } from "./rule";
import { under } from "./violation";

export const monitoringLabels = rule({
  name: "monitoring-labels",
  why: "A Prometheus that selects by labels finds a monitor only if Kubernetes takes them, and nobody else writes them.",
  subject: z.object({ monitoring: maybe(z.object({ labels: z.unknown().optional() })) }),
  judge: ({ monitoring }) => under("monitoring", labelsFree.check({ labels: monitoring?.labels })),
});
