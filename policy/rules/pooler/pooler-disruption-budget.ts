import { disruptionsOf } from "../../resources/pods/disruptions";
import { poolerInstancesOf, poolerPods } from "../../resources/pods/pods";
import { at, stackRule, type StackViolation } from "../../engine/rule";
import type { Resource } from "../../engine/resource";
import { grouped, namespaceOf, selects } from "../../engine/stack";
import { DISRUPTION_BUDGET, POOLER } from "../../engine/types";

export const poolerDisruptionBudget = stackRule({
  name: "pooler-disruption-budget",
  group: "pooler",
  description:
    "Each Pooler has a PodDisruptionBudget that allows evictions, but not of all instances at once.",
  why: "The operator creates none for poolers, and a drain of hosts may evict all instances at once.",
  remediation:
    "Declare a PodDisruptionBudget with maxUnavailable: 1 and selector.matchLabels[cnpg.io/poolerName].",
  severity: "high",
  level: "mandatory",
  link: "https://github.com/cloudnative-pg/cloudnative-pg/issues/6863",
  type: POOLER,
  *checkStack(stack) {
    const budgets = grouped(stack.ofType(DISRUPTION_BUDGET), namespaceOf);
    for (const pooler of stack.ofType(POOLER)) {
      const namespace = namespaceOf(pooler);
      const [pod = {}] = poolerPods(pooler);
      const own = (budgets.get(namespace) ?? []).filter(({ object }) =>
        selects(object.at("spec", "selector"), pod),
      );
      yield* own.flatMap((budget) => useless(budget, pooler));
      if (own.length > 0) continue;
      yield {
        resource: pooler,
        ...at(
          pooler.object.at("metadata", "name"),
          `no PodDisruptionBudget of the stack selects its pods in ${namespace}`,
          "Declare one with selector.matchLabels cnpg.io/poolerName and maxUnavailable: 1",
        ),
      };
    }
  },
});

/** A budget that allows the eviction of all instances at once, or of none. Another rule reports a single instance. */
function useless(resource: Resource, pooler: Resource): StackViolation[] {
  const pods = poolerInstancesOf(pooler);
  const { part, allowed } = disruptionsOf(resource.object.at("spec"), pods);
  if (pods < 2 || (allowed >= 1 && allowed < pods)) return [];
  const reason =
    allowed < 1
      ? `allows the eviction of none of the ${pods} instances of ${pooler.name}, and blocks every drain of their hosts`
      : `allows the eviction of all ${pods} instances of ${pooler.name} at once`;
  return [{ resource, ...at(part, reason, "Set only maxUnavailable: 1") }];
}
