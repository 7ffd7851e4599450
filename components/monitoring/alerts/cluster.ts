import type { PrometheusRuleSpec } from "../../crds/prometheus-operator";
import { prometheusRuleSpec, scrapedBy, type AlertGroup } from "./alert";
import { availabilityAlerts } from "./availability";
import { backupAlerts } from "./backup";
import { replicationAlerts } from "./replication";
import { loadAlerts, volumeAlerts } from "./resources";
import type { ClusterMonitoringValues } from "../values";

/**
 * Returns the alerts about a cluster, in groups, without those about parts that it does not have: they would always or
 * never fire.
 */
export function clusterAlertGroups(
  values: ClusterMonitoringValues,
  namespace: string,
): AlertGroup[] {
  const of = scrapedBy(namespace, values.clusterName);
  return [
    { name: "availability", alerts: availabilityAlerts(values, of) },
    { name: "replication", alerts: replicationAlerts(values, of) },
    { name: "volumes", alerts: volumeAlerts(values, namespace) },
    { name: "load", alerts: loadAlerts(values, of) },
    { name: "backup", alerts: backupAlerts(values, of) },
  ];
}

/** Returns the spec of a cluster's PrometheusRule. */
export function clusterRuleSpec(
  values: ClusterMonitoringValues,
  namespace: string,
): PrometheusRuleSpec {
  return prometheusRuleSpec(clusterAlertGroups(values, namespace), {
    labels: { namespace, cnpg_cluster: values.clusterName },
    severities: values.alerts.severities,
  });
}
