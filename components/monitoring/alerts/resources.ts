import { metric, type Alert } from "./alert";
import { AlertSeverity, ClusterAlert } from "../args/alerts";
import type { ClusterMonitoringValues } from "../values";

/** Replicas and copies log in with this role, outside of `max_connections`, and stay as long as they stream. */
const NO_REPLICATION = 'usename!="streaming_replica"';

/** Alerts about full volumes, by the kubelet's metrics of the claims. */
export function volumeAlerts(values: ClusterMonitoringValues, namespace: string): Alert[] {
  const { clusterName, alerts } = values;
  const claims = [
    `namespace="${namespace}"`,
    `persistentvolumeclaim=~"${clusterName}-[0-9]+(-wal|-tbs-.+)?"`,
  ];
  // Space reserved for root counts as used; and two kubelets report a pod that moves for a while.
  const available = `min by (persistentvolumeclaim) (${metric("kubelet_volume_stats_available_bytes", ...claims)})`;
  const capacity = `max by (persistentvolumeclaim) (${metric("kubelet_volume_stats_capacity_bytes", ...claims)})`;
  const above = (percent: number) => `1 - ${available} / ${capacity} > ${percent / 100}`;
  const summary = "{{ $labels.persistentvolumeclaim }} is {{ $value | humanizePercentage }} full.";
  return [
    {
      name: ClusterAlert.VolumeFillingUp,
      severity: AlertSeverity.Warning,
      expr: above(alerts.volumeUsage.warning),
      after: "15m",
      summary,
      description:
        "PostgreSQL stops when a volume is full. Enlarge `storage.size`, or `walStorage.size` for a claim that ends in -wal; if " +
        "WAL accumulates, first check whether archiving fails or a replica is gone.",
    },
    {
      name: ClusterAlert.VolumeNearlyFull,
      severity: AlertSeverity.Critical,
      expr: above(alerts.volumeUsage.critical),
      after: "5m",
      summary,
      description:
        "PostgreSQL stops when it is full, and starts again only on a larger one. Enlarge `storage.size`, or `walStorage.size` for " +
        "a claim that ends in -wal, now, and delete nothing in pg_wal by hand. Once it is full, the operator neither fails over " +
        "nor resizes: enlarge the claim itself with `kubectl patch pvc`, see docs/guides/full-volumes.md.",
    },
  ];
}

/**
 * Alerts about what runs out while the cluster looks healthy, connections and transaction ids, and about blocking
 * transactions.
 */
export function loadAlerts({ alerts }: ClusterMonitoringValues, of: string): Alert[] {
  const taken = `sum by (pod) (${metric("cnpg_backends_total", of, NO_REPLICATION)})`;
  const limit = `max by (pod) (${metric("cnpg_pg_settings_setting", of, 'name="max_connections"')})`;
  const above = (percent: number) => `${taken} / ${limit} > ${percent / 100}`;
  const summary = "{{ $labels.pod }} uses {{ $value | humanizePercentage }} of its connections.";
  return [
    {
      name: ClusterAlert.ConnectionsHigh,
      severity: AlertSeverity.Warning,
      expr: above(alerts.connectionUsage.warning),
      after: "10m",
      summary,
      description:
        "When all are in use, new clients are rejected. See in pg_stat_activity which clients use them, and whether they are " +
        "idle; add a pooler, or make the application's pools smaller.",
    },
    {
      name: ClusterAlert.ConnectionsNearlyExhausted,
      severity: AlertSeverity.Critical,
      expr: above(alerts.connectionUsage.critical),
      after: "2m",
      summary,
      description:
        "New clients will soon be rejected. End idle connections with pg_terminate_backend, and find the application that opens " +
        "them. A higher limit (`parameters.max_connections`) needs a restart.",
    },
    ...transactionIdAlerts(of),
    {
      name: ClusterAlert.Deadlocks,
      severity: AlertSeverity.Warning,
      expr: `sum by (datname) (increase(${metric("cnpg_pg_stat_database_deadlocks", of)}[15m])) > 5`,
      after: "1m",
      summary: "{{ $value | humanize }} deadlocks in {{ $labels.datname }} within 15 minutes.",
      description:
        "Each has ended a transaction with an error. The primary's log has both statements of each: change the application to " +
        "take its locks in the same order everywhere.",
    },
    {
      name: ClusterAlert.LongTransaction,
      severity: AlertSeverity.Warning,
      expr: `max by (pod, datname, usename) (${metric("cnpg_backends_max_tx_duration_seconds", of, NO_REPLICATION)}) > ${alerts.transactionSeconds}`,
      after: "1m",
      summary:
        "A transaction of {{ $labels.usename }} in {{ $labels.datname }} on {{ $labels.pod }} has been open for {{ $value | humanizeDuration }}.",
      description:
        "Vacuum cannot remove rows deleted since then, and the transaction keeps its locks. Find it in pg_stat_activity by " +
        "xact_start; if no client waits for it, end it with pg_terminate_backend.",
    },
  ];
}

/** PostgreSQL stops all writes at 2^31; vacuum begins to freeze at 200 million, and skips everything else from 1.6 billion on. */
function transactionIdAlerts(of: string): Alert[] {
  const above = (age: number) =>
    ["xid", "mxid"]
      .map((kind) => `max by (datname) (${metric(`cnpg_pg_database_${kind}_age`, of)}) > ${age}`)
      .join(" or ");
  const summary = "{{ $labels.datname }} has {{ $value | humanize }} transaction ids to freeze.";
  return [
    {
      name: ClusterAlert.TransactionIdsAging,
      severity: AlertSeverity.Warning,
      expr: above(500_000_000),
      after: "1h",
      summary,
      description:
        "Vacuum should have begun at 200 million. Look for what blocks it: a long transaction, a prepared one in " +
        "pg_prepared_xacts, an unused replication slot, or a table with autovacuum off.",
    },
    {
      name: ClusterAlert.TransactionIdWraparound,
      severity: AlertSeverity.Critical,
      expr: above(1_200_000_000),
      after: "10m",
      summary,
      description:
        "At 2.1 billion PostgreSQL accepts no more writes. End what blocks vacuum (long and prepared transactions, unused " +
        "slots), then run VACUUM (FREEZE) on the tables with the oldest relfrozenxid.",
    },
  ];
}
