import { countOf, metric, type Alert } from "./alert";
import { AlertSeverity, ClusterAlert } from "../args/alerts";
import type { ClusterMonitoringValues } from "../values";

/** Whether the cluster is there, and whether it would survive the next loss. */
export function availabilityAlerts(values: ClusterMonitoringValues, of: string): Alert[] {
  const { instances, replica } = values;
  // A fenced instance goes on telling what it last knew.
  const fenced = `unless on (pod) ${metric("cnpg_collector_fencing_on", of)} == 1`;
  const serving = countOf(`${metric("cnpg_collector_up", of)} == 1 ${fenced}`);
  const primaries = `${metric("cnpg_pg_replication_in_recovery", of)} == 0 ${fenced}`;
  return [
    ...(replica ? [] : [noPrimary(primaries)]),
    ...(replica || instances === 1 ? [] : [severalPrimaries(primaries)]),
    // With two, whoever is missing leaves the last one; without a primary, one is missed by nobody else.
    ...(instances > 2 || (replica && instances === 1) ? [missing(serving, instances)] : []),
    ...(instances > 1 ? [lastInstance(serving)] : []),
    fencedInstance(of),
    metricsIncomplete(of),
  ];
}

function noPrimary(primaries: string): Alert {
  return {
    name: ClusterAlert.NoPrimary,
    severity: AlertSeverity.Critical,
    expr: `${countOf(primaries)} < 1`,
    after: "2m",
    summary: "No instance takes writes.",
    description:
      "Applications cannot write, and a failover should have been over by now. Or Prometheus sees none of the metrics. " +
      "See the cluster's phase and its pods with `kubectl get cluster,pods`, then the operator's log for why it promotes nobody: " +
      "with failoverQuorum it waits until it knows of a replica that has every commit.",
  };
}

function severalPrimaries(primaries: string): Alert {
  return {
    name: ClusterAlert.SeveralPrimaries,
    severity: AlertSeverity.Critical,
    expr: `count(${primaries}) > 1`,
    after: "1m",
    summary: "{{ $value }} instances take writes.",
    description:
      "What is written to all but one of them will be thrown away. Find the primary of the cluster's status, and fence the " +
      "others with `kubectl cnpg fencing on` before applications write any further.",
  };
}

function missing(serving: string, instances: number): Alert {
  return {
    name: ClusterAlert.InstancesMissing,
    severity: AlertSeverity.Warning,
    expr: `${serving} < ${instances}`,
    after: "10m",
    summary: `{{ $value }} of ${instances} instances serve.`,
    description:
      "The cluster works, with less in hand for the next loss. See which pod is not ready and why with `kubectl describe pod`: " +
      "a node that is gone, a volume that cannot follow, a pod that finds no host of its own.",
  };
}

function lastInstance(serving: string): Alert {
  return {
    name: ClusterAlert.LastInstance,
    severity: AlertSeverity.Critical,
    expr: `${serving} < 2`,
    after: "5m",
    summary: "{{ $value }} instances serve; there is nobody to fail over to.",
    description:
      "The next loss is an outage, and with required synchronous replication commits wait already. Bring an instance back: " +
      "see `kubectl describe pod` of those that are not ready. Drain no node meanwhile.",
  };
}

function fencedInstance(of: string): Alert {
  return {
    name: ClusterAlert.InstanceFenced,
    severity: AlertSeverity.Warning,
    expr: `${metric("cnpg_collector_fencing_on", of)} == 1`,
    after: "10m",
    summary: "{{ $labels.pod }} is fenced.",
    description:
      "PostgreSQL is stopped in it on purpose, and nobody starts it again by himself. When the work on it is done, lift the " +
      "fence with `kubectl cnpg fencing off`.",
  };
}

function metricsIncomplete(of: string): Alert {
  return {
    name: ClusterAlert.MetricsIncomplete,
    severity: AlertSeverity.Warning,
    expr: `${metric("cnpg_collector_last_collection_error", of)} == 1 or ${metric("cnpg_last_error", of)} == 1`,
    after: "15m",
    summary: "{{ $labels.pod }} cannot read some of its metrics.",
    description:
      "Other alerts are blind to what is missing. The log of the pod names the query or the plugin that fails.",
  };
}
