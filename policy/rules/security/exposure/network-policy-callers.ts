import type { Violation } from "../../../../components/contract/violation";
import { instancePods } from "../../../resources/pods/database-pods";
import {
  admits,
  type Caller,
  ingressPolicies,
  opensPort,
} from "../../../resources/network/ingress";
import { checkEach } from "../../../engine/check-each";
import { monitoredPods } from "../../../resources/network/monitors";
import { isChart } from "../../../resources/release";
import { at, stackRule } from "../../../engine/rule";
import type { Resource } from "../../../engine/resource";
import { PodSelectors } from "../../../resources/network/selectors";
import { namespaceOf, selects, type Stack } from "../../../engine/stack";
import { CLUSTER, RELEASE } from "../../../engine/types";
import {
  POSTGRES_METRICS_PORT,
  POSTGRES_PORT,
  STATUS_PORT,
} from "../../../../components/upstream/cloudnative-pg";

/** Ports of an instance, and the names that its pod has for them. */
const POSTGRES = { port: POSTGRES_PORT, name: "postgresql" };
const STATUS = { port: STATUS_PORT, name: "status" };
const METRICS = { port: POSTGRES_METRICS_PORT, name: "metrics" };

export const networkPolicyCallers = stackRule({
  name: "network-policy-callers",
  group: "security",
  description: "NetworkPolicies allow the callers that a Cluster needs.",
  why: "Without access the operator considers every instance lost, replicas do not follow, and Prometheus has no metrics.",
  remediation:
    "Allow the operator's pods and the Cluster's own to reach ports 5432 and 8000, and Prometheus 9187, in spec.ingress.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/networking",
  type: CLUSTER,
  *checkStack(stack) {
    const policies = ingressPolicies(stack);
    const monitored = new PodSelectors(
      "cnpg.io/cluster",
      [...monitoredPods(stack).values()].flat(),
    );
    const operator = operatorOf(stack);
    yield* checkEach(stack.ofType(CLUSTER), function* (resource) {
      const [{ namespace, labels } = NONE] = instancePods(resource);
      const over = policies.filter(
        (policy) =>
          namespaceOf(policy) === namespace &&
          selects(policy.object.at("spec", "podSelector"), labels),
      );
      // Another rule reports that there is none.
      if (over.length === 0) return;
      const callers = [
        { who: "the operator", any: [operator], ports: [STATUS, POSTGRES] },
        { who: "its own instances", any: [{ namespace, labels }], ports: [STATUS, POSTGRES] },
        ...(monitored.match(namespace, labels)
          ? [{ who: "Prometheus", any: prometheusOf(stack, namespace), ports: [METRICS] }]
          : []),
      ];
      for (const { who, any, ports } of callers) {
        for (const { port, name } of ports) {
          const isAllowed = any.some((caller) =>
            over.some((policy) => allows(policy, namespace, caller, port, name)),
          );
          if (!isAllowed) yield { resource, ...blocked(resource, who, port) };
        }
      }
    });
  },
});

const NONE = { namespace: "", labels: {} };

/** The operator's pods. Without a Release in the stack they are assumed to be in another namespace than databases. */
function operatorOf(stack: Stack): Caller {
  const release = stack.ofType(RELEASE).find((one) => isChart(one, "cloudnative-pg"));
  return {
    namespace: release?.object.at("namespace").text,
    labels: { "app.kubernetes.io/name": "cloudnative-pg" },
  };
}

/** The pods of Prometheus. Without a Release in the stack they may be in this namespace or in another. */
function prometheusOf(stack: Stack, here: string): Caller[] {
  const labels = { "app.kubernetes.io/name": "prometheus" };
  const release = stack.ofType(RELEASE).find((one) => isChart(one, "kube-prometheus-stack"));
  const there = release?.object.at("namespace").text;
  if (there !== undefined) return [{ namespace: there, labels }];
  return [undefined, here].map((namespace) => ({ namespace, labels }));
}

function allows(
  policy: Resource,
  namespace: string,
  caller: Caller,
  port: number,
  name: string,
): boolean {
  return policy.object
    .at("spec", "ingress")
    .items.some((rule) => opensPort(rule, port, name) && admits(rule, namespace, caller));
}

function blocked(cluster: Resource, who: string, port: number): Violation {
  return at(
    cluster.object.at("metadata", "name"),
    `no NetworkPolicy for its pods allows ${who} to reach port ${port}`,
    "Add the caller to spec.ingress of one of them",
  );
}
