import { databasePods, type DatabasePods } from "../../../resources/pods/database-pods";
import { exposed } from "../../../resources/network/exposed";
import { judgedApart } from "../../../engine/judged-apart";
import { stackRule } from "../../../engine/rule";
import type { Subject } from "../../../engine/subject";
import { namespaceOf } from "../../../engine/stack";
import { SERVICE } from "../../../engine/types";

export const databaseService = stackRule({
  name: "database-service",
  group: "security",
  description: "A Service in front of instances or poolers is reached by known addresses only.",
  why: "A Service of your own beside those of the operator exposes the database all the same, by whatever labels it finds the pods.",
  remediation: "Set spec.loadBalancerSourceRanges.",
  severity: "critical",
  level: "mandatory",
  link: "https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer",
  type: SERVICE,
  *judgeStack(stack) {
    const pods = databasePods(stack);
    yield* judgedApart(stack.ofType(SERVICE), function* (subject) {
      if (!leadsToDatabase(subject, pods)) return;
      for (const violation of exposed(subject.object)) yield { subject, ...violation };
    });
  },
});

/** By the labels of CloudNativePG it leads to databases, wherever these are declared. Without a selector, nowhere. */
function leadsToDatabase(service: Subject, pods: readonly DatabasePods[]): boolean {
  const selector = Object.entries(service.object.at("spec", "selector").texts);
  if (selector.some(([label]) => label.startsWith("cnpg.io/"))) return true;
  const namespace = namespaceOf(service);
  return (
    selector.length > 0 &&
    pods.some(
      (pod) =>
        pod.namespace === namespace && selector.every(([key, value]) => pod.labels[key] === value),
    )
  );
}
