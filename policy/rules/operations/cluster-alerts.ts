import { at, stackRule, type Subject } from "../../rule";
import { CLUSTER, PROMETHEUS_RULE } from "../../types";

export const clusterAlerts = stackRule({
  name: "cluster-alerts",
  group: "operations",
  description: "Somebody is told when a Cluster is in trouble.",
  why: "A Cluster that lost its replicas, its archive or its backups stays Ready, and nobody looks.",
  remediation: "Declare a PrometheusRule with alerts over the metrics `cnpg_...`.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/monitoring#auxiliary-resources",
  type: CLUSTER,
  *judgeStack(stack) {
    if (stack.ofType(PROMETHEUS_RULE).some(alertsOnDatabases)) return;
    for (const subject of stack.ofType(CLUSTER)) {
      yield {
        subject,
        ...at(
          subject.object.at("metadata", "name"),
          "no PrometheusRule of the stack has an alert over its metrics",
          "Declare one with alerts over cnpg_ metrics",
        ),
      };
    }
  },
});

function alertsOnDatabases({ object }: Subject): boolean {
  return object
    .at("spec", "groups")
    .items.flatMap((group) => group.at("rules").items)
    .some((rule) => rule.at("alert").isSet && /\bcnpg_/.test(rule.at("expr").scalar ?? ""));
}
