import { protectedPods } from "../../../resources/network/ingress";
import { judgedApart } from "../../../engine/judged-apart";
import { at, stackRule } from "../../../engine/rule";
import { nameOf, namespaceOf, poolerLabels } from "../../../engine/stack";
import { POOLER } from "../../../engine/types";

export const poolerNetworkPolicy = stackRule({
  name: "pooler-network-policy",
  group: "security",
  description: "A NetworkPolicy says who may reach a Pooler.",
  why: "A pooler leads to the database, whose own policy lets it pass.",
  remediation:
    "Declare a NetworkPolicy with podSelector.matchLabels[cnpg.io/poolerName], ports 5432 and 9127.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/networking",
  type: POOLER,
  *judgeStack(stack) {
    const pods = protectedPods(stack, "cnpg.io/poolerName");
    yield* judgedApart(stack.ofType(POOLER), function* (subject) {
      const namespace = namespaceOf(subject);
      if (pods.take(namespace, poolerLabels(nameOf(subject) ?? ""))) return;
      yield {
        subject,
        ...at(
          subject.object.at("metadata", "name"),
          `no NetworkPolicy of the stack selects its pods in ${namespace}`,
          "Declare one with podSelector.matchLabels cnpg.io/poolerName and this name",
        ),
      };
    });
  },
});
