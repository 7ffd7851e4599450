import { databasePods, type DatabasePods } from "../../../resources/pods/database-pods";
import { ingressPolicies, isUnrestricted, opensPort } from "../../../resources/network/ingress";
import { checkEach } from "../../../engine/check-each";
import { at, stackRule } from "../../../engine/rule";
import type { Resource } from "../../../engine/resource";
import { namespaceOf, selects } from "../../../engine/stack";
import { NETWORK_POLICY } from "../../../engine/types";
import { POOLER_PORT, POSTGRES_PORT } from "../../../../components/upstream/cloudnative-pg";

export const networkPolicySources = stackRule({
  name: "network-policy-sources",
  group: "security",
  description: "Every NetworkPolicy for a database names the clients that may reach PostgreSQL.",
  why: "What one policy allows is allowed regardless of the others: one that allows all sources makes them useless.",
  remediation: "Set spec.ingress[].from to the pods, namespaces or addresses of your clients.",
  severity: "high",
  level: "mandatory",
  link: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  type: NETWORK_POLICY,
  *checkStack(stack) {
    const pods = databasePods(stack);
    yield* checkEach(ingressPolicies(stack), function* (resource) {
      if (!isOverDatabase(resource, pods)) return;
      for (const rule of resource.object.at("spec", "ingress").items) {
        if (
          !opensPort(rule, POSTGRES_PORT, "postgresql") &&
          !opensPort(rule, POOLER_PORT, "pgbouncer")
        )
          continue;
        if (!isUnrestricted(rule)) continue;
        yield {
          resource,
          ...at(
            rule.at("from"),
            "any source may reach PostgreSQL",
            "Name the pods, namespaces or addresses of your clients",
          ),
        };
      }
    });
  },
});

/** Whether a policy selects database pods. Labels of CloudNativePG always do, even those of other stacks. */
function isOverDatabase(policy: Resource, pods: readonly DatabasePods[]): boolean {
  const selector = policy.object.at("spec", "podSelector");
  const keys = [
    ...selector.at("matchLabels").entries.map(([key]) => key),
    ...selector.at("matchExpressions").items.map((expression) => expression.at("key").text ?? ""),
  ];
  if (keys.some((key) => key.startsWith("cnpg.io/"))) return true;
  const namespace = namespaceOf(policy);
  return pods.some((pod) => pod.namespace === namespace && selects(selector, pod.labels));
}
