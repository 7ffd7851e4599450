import { databasePods, type DatabasePods } from "../../../resources/pods/database-pods";
import { ingressPolicies, isForEverybody, opensPort } from "../../../resources/network/ingress";
import { judgedApart } from "../../../engine/judged-apart";
import { at, stackRule } from "../../../engine/rule";
import type { Subject } from "../../../engine/subject";
import { namespaceOf, selects } from "../../../engine/stack";
import { NETWORK_POLICY } from "../../../engine/types";
import { POOLER_PORT, POSTGRES_PORT } from "../../../../components/upstream/cloudnative-pg";

export const networkPolicySources = stackRule({
  name: "network-policy-sources",
  group: "security",
  description: "Every NetworkPolicy over a database names who may reach PostgreSQL.",
  why: "What one of them allows is allowed, whatever the others say: one that lets everybody in makes them all worthless.",
  remediation: "Set spec.ingress[].from to the pods, namespaces or addresses of your clients.",
  severity: "high",
  level: "mandatory",
  link: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  type: NETWORK_POLICY,
  *judgeStack(stack) {
    const pods = databasePods(stack);
    yield* judgedApart(ingressPolicies(stack), function* (subject) {
      if (!isOverDatabase(subject, pods)) return;
      for (const rule of subject.object.at("spec", "ingress").items) {
        if (
          !opensPort(rule, POSTGRES_PORT, "postgresql") &&
          !opensPort(rule, POOLER_PORT, "pgbouncer")
        )
          continue;
        if (!isForEverybody(rule)) continue;
        yield {
          subject,
          ...at(
            rule.at("from"),
            "everybody may reach PostgreSQL",
            "Name the pods, namespaces or addresses of your clients",
          ),
        };
      }
    });
  },
});

/** By the labels of CloudNativePG it is one over databases, wherever these are declared. */
function isOverDatabase(policy: Subject, pods: readonly DatabasePods[]): boolean {
  const selector = policy.object.at("spec", "podSelector");
  const keys = [
    ...selector.at("matchLabels").entries.map(([key]) => key),
    ...selector.at("matchExpressions").items.map((expression) => expression.at("key").text ?? ""),
  ];
  if (keys.some((key) => key.startsWith("cnpg.io/"))) return true;
  const namespace = namespaceOf(policy);
  return pods.some((pod) => pod.namespace === namespace && selects(selector, pod.labels));
}
