import { at, stackRule } from "../../rule";
import { PodSelectors } from "../../selectors";
import { namespaceOf, nameOf, poolerLabels } from "../../stack";
import { DISRUPTION_BUDGET, POOLER } from "../../types";

export const poolerDisruptionBudget = stackRule({
  name: "pooler-disruption-budget",
  group: "pooler",
  description: "Each Pooler has a PodDisruptionBudget.",
  why: "The operator makes none for poolers, and a drain of hosts may evict all instances at once.",
  remediation:
    "Declare a PodDisruptionBudget with maxUnavailable: 1 and selector.matchLabels[cnpg.io/poolerName].",
  severity: "high",
  level: "mandatory",
  link: "https://github.com/cloudnative-pg/cloudnative-pg/issues/6863",
  type: POOLER,
  *judgeStack(stack) {
    const budgets = new PodSelectors(
      "cnpg.io/poolerName",
      stack.ofType(DISRUPTION_BUDGET).map((budget) => ({
        selector: budget.object.at("spec", "selector"),
        namespace: namespaceOf(budget),
      })),
    );
    for (const subject of stack.ofType(POOLER)) {
      const namespace = namespaceOf(subject);
      const labels = poolerLabels(nameOf(subject) ?? "");
      if (budgets.take(namespace, labels)) continue;
      yield {
        subject,
        ...at(
          subject.object.at("metadata", "name"),
          `no PodDisruptionBudget of the stack selects its pods in ${namespace}`,
          "Declare one with selector.matchLabels cnpg.io/poolerName and maxUnavailable: 1",
        ),
      };
    }
  },
});
