import { protectedPods } from "../../../resources/network/ingress";
import { checkEach } from "../../../engine/check-each";
import { at, stackRule } from "../../../engine/rule";
import { nameOf, namespaceOf, poolerLabels } from "../../../engine/stack";
import { POOLER } from "../../../engine/types";

export const poolerNetworkPolicy = stackRule({
  name: "pooler-network-policy",
  group: "security",
  description: "A NetworkPolicy limits which clients can reach a Pooler.",
  why: "A pooler gives access to the database, whose own policy allows the pooler.",
  remediation:
    "Declare a NetworkPolicy with podSelector.matchLabels[cnpg.io/poolerName], ports 5432 and 9127.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/networking",
  type: POOLER,
  *checkStack(stack) {
    const pods = protectedPods(stack, "cnpg.io/poolerName");
    yield* checkEach(stack.ofType(POOLER), function* (resource) {
      const namespace = namespaceOf(resource);
      if (pods.match(namespace, poolerLabels(nameOf(resource) ?? ""))) return;
      yield {
        resource,
        ...at(
          resource.object.at("metadata", "name"),
          `no NetworkPolicy of the stack selects its pods in ${namespace}`,
          "Declare one with podSelector.matchLabels cnpg.io/poolerName and this name",
        ),
      };
    });
  },
});
