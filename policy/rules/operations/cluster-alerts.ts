import { AlertScopes } from "../../resources/network/alert-scopes";
import { at, stackRule } from "../../engine/rule";
import { nameOf, namespaceOf } from "../../engine/stack";
import { CLUSTER } from "../../engine/types";

export const clusterAlerts = stackRule({
  name: "cluster-alerts",
  group: "operations",
  description: "Somebody is told when a Cluster is in trouble.",
  why: "A Cluster that lost its replicas, its archive or its backups stays Ready, and nobody looks.",
  remediation:
    "Declare a PrometheusRule with alerts over the metrics `cnpg_...` of its pods: what they ask of namespace, pod and job has to take them.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/monitoring#auxiliary-resources",
  type: CLUSTER,
  *judgeStack(stack) {
    const alerts = new AlertScopes(stack);
    for (const subject of stack.ofType(CLUSTER)) {
      const namespace = namespaceOf(subject);
      if (alerts.take(namespace, nameOf(subject) ?? "")) continue;
      yield {
        subject,
        ...at(
          subject.object.at("metadata", "name"),
          `no PrometheusRule of the stack has an alert over the metrics of its pods in ${namespace}`,
          "Declare one with alerts over cnpg_ metrics that take them",
        ),
      };
    }
  },
});
