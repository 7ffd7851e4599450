import { AlertScopes } from "../../resources/network/alert-scopes";
import { at, stackRule } from "../../engine/rule";
import { nameOf, namespaceOf } from "../../engine/stack";
import { CLUSTER } from "../../engine/types";

export const clusterAlerts = stackRule({
  name: "cluster-alerts",
  group: "operations",
  description: "Each Cluster has alerts.",
  why: "A Cluster that lost its replicas, its archive or its backups stays Ready, and the failure goes unnoticed.",
  remediation:
    "Declare a PrometheusRule with alerts over the metrics `cnpg_...` of its pods: their matchers for namespace, pod and job must match them.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/monitoring#auxiliary-resources",
  type: CLUSTER,
  *checkStack(stack) {
    const alerts = new AlertScopes(stack);
    for (const resource of stack.ofType(CLUSTER)) {
      const namespace = namespaceOf(resource);
      if (alerts.cover(namespace, nameOf(resource) ?? "")) continue;
      yield {
        resource,
        ...at(
          resource.object.at("metadata", "name"),
          `no PrometheusRule of the stack has an alert over the metrics of its pods in ${namespace}`,
          "Declare one with alerts over the cnpg_ metrics of these pods",
        ),
      };
    }
  },
});
