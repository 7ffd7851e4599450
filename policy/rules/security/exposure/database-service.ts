import { databasePods, type DatabasePods } from "../../../resources/pods/database-pods";
import { exposed } from "../../../resources/network/exposed";
import { checkEach } from "../../../engine/check-each";
import { stackRule } from "../../../engine/rule";
import type { Resource } from "../../../engine/resource";
import { namespaceOf } from "../../../engine/stack";
import { SERVICE } from "../../../engine/types";

export const databaseService = stackRule({
  name: "database-service",
  group: "security",
  description: "A Service of instances or poolers can be reached only from known addresses.",
  why: "Your own Service exposes the database as the operator's Services do, by any labels that select the pods.",
  remediation: "Set spec.loadBalancerSourceRanges.",
  severity: "critical",
  level: "mandatory",
  link: "https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer",
  type: SERVICE,
  *checkStack(stack) {
    const pods = databasePods(stack);
    yield* checkEach(stack.ofType(SERVICE), function* (resource) {
      if (!leadsToDatabase(resource, pods)) return;
      for (const violation of exposed(resource.object)) yield { resource, ...violation };
    });
  },
});

/** Whether a Service selects database pods. Labels of CloudNativePG always do, even those of other stacks. */
function leadsToDatabase(service: Resource, pods: readonly DatabasePods[]): boolean {
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
