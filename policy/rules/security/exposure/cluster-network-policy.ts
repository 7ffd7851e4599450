import { protectedPods } from "../../../resources/network/ingress";
import { judgedApart } from "../../../engine/judged-apart";
import { at, stackRule } from "../../../engine/rule";
import { instanceLabels, namespaceOf, nameOf } from "../../../engine/stack";
import { CLUSTER } from "../../../engine/types";

export const clusterNetworkPolicy = stackRule({
  name: "cluster-network-policy",
  group: "security",
  description: "A NetworkPolicy says who may reach a Cluster's instances.",
  why: "Without one every pod of the Kubernetes may try passwords, and ask the instances for their status.",
  remediation:
    "Declare a NetworkPolicy with podSelector.matchLabels[cnpg.io/cluster], ports 5432, 8000 and 9187.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/networking",
  type: CLUSTER,
  *judgeStack(stack) {
    const pods = protectedPods(stack, "cnpg.io/cluster");
    yield* judgedApart(stack.ofType(CLUSTER), function* (subject) {
      const namespace = namespaceOf(subject);
      if (pods.take(namespace, instanceLabels(nameOf(subject) ?? ""))) return;
      yield {
        subject,
        ...at(
          subject.object.at("metadata", "name"),
          `no NetworkPolicy of the stack selects its pods in ${namespace}`,
          "Declare one with podSelector.matchLabels cnpg.io/cluster and this name",
        ),
      };
    });
  },
});
