import { protectedPods } from "../../../resources/network/ingress";
import { checkEach } from "../../../engine/check-each";
import { at, stackRule } from "../../../engine/rule";
import { instanceLabels, namespaceOf, nameOf } from "../../../engine/stack";
import { CLUSTER } from "../../../engine/types";

export const clusterNetworkPolicy = stackRule({
  name: "cluster-network-policy",
  group: "security",
  description: "A NetworkPolicy limits which clients can reach a Cluster's instances.",
  why: "Without one every pod of the Kubernetes cluster can try passwords and query the instances' status.",
  remediation:
    "Declare a NetworkPolicy with podSelector.matchLabels[cnpg.io/cluster], ports 5432, 8000 and 9187.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/networking",
  type: CLUSTER,
  *checkStack(stack) {
    const pods = protectedPods(stack, "cnpg.io/cluster");
    yield* checkEach(stack.ofType(CLUSTER), function* (resource) {
      const namespace = namespaceOf(resource);
      if (pods.match(namespace, instanceLabels(nameOf(resource) ?? ""))) return;
      yield {
        resource,
        ...at(
          resource.object.at("metadata", "name"),
          `no NetworkPolicy of the stack selects its pods in ${namespace}`,
          "Declare one with podSelector.matchLabels cnpg.io/cluster and this name",
        ),
      };
    });
  },
});
