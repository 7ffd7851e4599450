import { at, stackRule, type Subject } from "../../rule";
import { PodSelectors } from "../../selectors";
import { instanceLabels, namespaceOf, nameOf } from "../../stack";
import { CLUSTER, NETWORK_POLICY } from "../../types";

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
    const policies = new PodSelectors(
      "cnpg.io/cluster",
      stack
        .ofType(NETWORK_POLICY)
        .filter(limitsIngress)
        .map((policy) => ({
          selector: policy.object.at("spec", "podSelector"),
          namespace: namespaceOf(policy),
        })),
    );
    for (const subject of stack.ofType(CLUSTER)) {
      const name = nameOf(subject);
      const namespace = namespaceOf(subject);
      const labels = instanceLabels(name ?? "");
      if (policies.take(namespace, labels)) continue;
      yield {
        subject,
        ...at(
          subject.object.at("metadata", "name"),
          `no NetworkPolicy of the stack selects its pods in ${namespace}`,
          "Declare one with podSelector.matchLabels cnpg.io/cluster and this name",
        ),
      };
    }
  },
});

/** Where no type is named a policy is for what comes in. */
function limitsIngress({ object }: Subject): boolean {
  const types = object.at("spec", "policyTypes").items.map((item) => item.text);
  return types.length === 0 || types.includes("Ingress");
}
