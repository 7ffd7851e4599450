import type { Violation } from "../../../../components/contract/violation";
import { databasePods, type DatabasePods } from "../../../resources/pods/database-pods";
import { exposed } from "../../../resources/network/exposed";
import { checkEach } from "../../../engine/check-each";
import { ingressPolicies } from "../../../resources/network/ingress";
import { at, stackRule } from "../../../engine/rule";
import type { Resource } from "../../../engine/resource";
import { namespaceOf, selects } from "../../../engine/stack";
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
    const policies = ingressPolicies(stack);
    yield* checkEach(stack.ofType(SERVICE), function* (resource) {
      if (!leadsToDatabase(resource, pods)) return;
      for (const violation of exposed(resource.object)) yield { resource, ...violation };
      yield* openNodes(resource, pods, policies);
    });
  },
});

/** Only a NetworkPolicy limits who connects to the port of a node. */
function* openNodes(
  service: Resource,
  pods: readonly DatabasePods[],
  policies: readonly Resource[],
): Generator<{ resource: Resource } & Violation> {
  const { object } = service;
  if (object.at("spec", "type").text !== "NodePort") return;
  if (object.at("spec", "externalTrafficPolicy").text !== "Local") return;
  const behind = pods.filter((pod) => selectsPod(service, pod));
  const isLimited = (pod: DatabasePods) =>
    policies.some(
      (policy) =>
        namespaceOf(policy) === pod.namespace &&
        selects(policy.object.at("spec", "podSelector"), pod.labels),
    );
  if (behind.length > 0 && behind.every(isLimited)) return;
  yield {
    resource: service,
    ...at(
      object.at("spec", "type"),
      "opens a port on every host, and no NetworkPolicy of the stack selects the pods behind it",
      "Declare one that names the clients in spec.ingress[].from",
    ),
  };
}

/** Whether a Service selects database pods. Labels of CloudNativePG always do, even those of other stacks. */
function leadsToDatabase(service: Resource, pods: readonly DatabasePods[]): boolean {
  const labels = Object.keys(service.object.at("spec", "selector").texts);
  return (
    labels.some((label) => label.startsWith("cnpg.io/")) ||
    pods.some((pod) => selectsPod(service, pod))
  );
}

/** A Service without a selector selects no pod. */
function selectsPod(service: Resource, pod: DatabasePods): boolean {
  const selector = Object.entries(service.object.at("spec", "selector").texts);
  return (
    selector.length > 0 &&
    pod.namespace === namespaceOf(service) &&
    selector.every(([key, value]) => pod.labels[key] === value)
  );
}
