import type { Violation } from "../../../../components/contract/violation";
import { instancePods } from "../../../resources/pods/database-pods";
import {
  admits,
  type Caller,
  ingressPolicies,
  opensPort,
} from "../../../resources/network/ingress";
import { judgedApart } from "../../../engine/judged-apart";
import { monitoredPods } from "../../../resources/network/monitors";
import { isChart } from "../../../resources/release";
import { at, stackRule } from "../../../engine/rule";
import type { Subject } from "../../../engine/subject";
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
  description: "NetworkPolicies let in those whom a Cluster cannot do without.",
  why: "Locked out, the operator takes every instance for lost, replicas do not follow, and Prometheus sees nothing.",
  remediation:
    "Allow the operator's pods and the Cluster's own to reach ports 5432 and 8000, and Prometheus 9187, in spec.ingress.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/networking",
  type: CLUSTER,
  *judgeStack(stack) {
    const policies = ingressPolicies(stack);
    const monitored = new PodSelectors(
      "cnpg.io/cluster",
      [...monitoredPods(stack).values()].flat(),
    );
    const operator = operatorOf(stack);
    yield* judgedApart(stack.ofType(CLUSTER), function* (subject) {
      const [{ namespace, labels } = NONE] = instancePods(subject);
      const over = policies.filter(
        (policy) =>
          namespaceOf(policy) === namespace &&
          selects(policy.object.at("spec", "podSelector"), labels),
      );
      // That there is none is another rule's finding.
      if (over.length === 0) return;
      const callers = [
        { who: "the operator", any: [operator], ports: [STATUS, POSTGRES] },
        { who: "its own instances", any: [{ namespace, labels }], ports: [STATUS, POSTGRES] },
        ...(monitored.take(namespace, labels)
          ? [{ who: "Prometheus", any: prometheusOf(stack, namespace), ports: [METRICS] }]
          : []),
      ];
      for (const { who, any, ports } of callers) {
        for (const { port, name } of ports) {
          const isIn = any.some((caller) =>
            over.some((policy) => letsIn(policy, namespace, caller, port, name)),
          );
          if (!isIn) yield { subject, ...lockedOut(subject, who, port) };
        }
      }
    });
  },
});

const NONE = { namespace: "", labels: {} };

/** Where nothing says where it is, elsewhere: a namespace of databases is nobody's place for an operator. */
function operatorOf(stack: Stack): Caller {
  const release = stack.ofType(RELEASE).find((one) => isChart(one, "cloudnative-pg"));
  return {
    namespace: release?.object.at("namespace").text,
    labels: { "app.kubernetes.io/name": "cloudnative-pg" },
  };
}

/** Where nothing says where it is, it may be here as well as elsewhere. */
function prometheusOf(stack: Stack, here: string): Caller[] {
  const labels = { "app.kubernetes.io/name": "prometheus" };
  const release = stack.ofType(RELEASE).find((one) => isChart(one, "kube-prometheus-stack"));
  const there = release?.object.at("namespace").text;
  if (there !== undefined) return [{ namespace: there, labels }];
  return [undefined, here].map((namespace) => ({ namespace, labels }));
}

function letsIn(
  policy: Subject,
  namespace: string,
  caller: Caller,
  port: number,
  name: string,
): boolean {
  return policy.object
    .at("spec", "ingress")
    .items.some((rule) => opensPort(rule, port, name) && admits(rule, namespace, caller));
}

function lockedOut(cluster: Subject, who: string, port: number): Violation {
  return at(
    cluster.object.at("metadata", "name"),
    `no NetworkPolicy over its pods lets ${who} reach port ${port}`,
    "Add to spec.ingress of one of them whom it has to let in",
  );
}
