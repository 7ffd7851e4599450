import { countOf, metric, type Alert } from "./alert";
import { AlertSeverity, ClusterAlert } from "../args/alerts";
import type { ClusterMonitoringValues } from "../values";

/** Alerts about the cluster's availability, and whether it would survive the next loss. */
export function availabilityAlerts(values: ClusterMonitoringValues, of: string): Alert[] {
  const { instances, replica } = values;
  // A fenced instance continues to report its last values.
  const fenced = `unless on (pod) ${metric("cnpg_collector_fencing_on", of)} == 1`;
  const serving = countOf(`${metric("cnpg_collector_up", of)} == 1 ${fenced}`);
  const primaries = `${metric("cnpg_pg_replication_in_recovery", of)} == 0 ${fenced}`;
  return [
    ...(replica ? [] : [noPrimary(primaries)]),
    ...(replica || instances === 1 ? [] : [severalPrimaries(primaries)]),
    // With two, a missing one leaves the last instance; without a primary, no other alert covers a single one.
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
    summary: "No instance accepts writes.",
    description:
      "Applications cannot write, although a failover should be complete by now, or Prometheus receives no metrics. " +
      "Check the cluster's phase and its pods with `kubectl get cluster,pods`, then the operator's log for why it promotes no " +
      "replica: with failoverQuorum it waits for a replica that is known to have every commit.",
  };
}

function severalPrimaries(primaries: string): Alert {
  return {
    name: ClusterAlert.SeveralPrimaries,
    severity: AlertSeverity.Critical,
    expr: `count(${primaries}) > 1`,
    after: "1m",
    summary: "{{ $value }} instances accept writes.",
    description:
      "Only the writes to one of them will be kept. Find the primary in the cluster's status, and fence the other instances " +
      "with `kubectl cnpg fencing on` before applications write more.",
  };
}

function missing(serving: string, instances: number): Alert {
  return {
    name: ClusterAlert.InstancesMissing,
    severity: AlertSeverity.Warning,
    expr: `${serving} < ${instances}`,
    after: "10m",
    summary: `{{ $value }} of ${instances} instances are available.`,
    description:
      "The cluster works, but tolerates fewer further losses. Find the pod that is not ready, and the cause, with `kubectl " +
      "describe pod`: a node that is gone, a volume that cannot move, or a pod without a free host.",
  };
}

function lastInstance(serving: string): Alert {
  return {
    name: ClusterAlert.LastInstance,
    severity: AlertSeverity.Critical,
    expr: `${serving} < 2`,
    after: "5m",
    summary: "{{ $value }} instances are available; no failover is possible.",
    description:
      "The next loss is an outage, and with required synchronous replication commits already wait. Restore an instance: see " +
      "`kubectl describe pod` of those that are not ready. Do not drain a node meanwhile.",
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
      "PostgreSQL is stopped in it on purpose, and does not restart by itself. When the work on it is done, remove the fence " +
      "with `kubectl cnpg fencing off`.",
  };
}

function metricsIncomplete(of: string): Alert {
  return {
    name: ClusterAlert.MetricsIncomplete,
    severity: AlertSeverity.Warning,
    expr: `${metric("cnpg_collector_last_collection_error", of)} == 1 or ${metric("cnpg_last_error", of)} == 1`,
    after: "15m",
    summary: "{{ $labels.pod }} cannot collect some of its metrics.",
    description:
      "Other alerts do not fire for what is missing. The log of the pod names the query or the plugin that fails.",
  };
}
