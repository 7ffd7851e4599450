import { metric, type Alert } from "./alert";
import { AlertSeverity, ClusterAlert } from "../args/alerts";
import type { ClusterMonitoringValues } from "../values";

/** Replicas and copies log in as this, beside `max_connections`, and stay as long as they stream. */
const NO_REPLICATION = 'usename!="streaming_replica"';

/** Full volumes, by what the kubelet tells of the claims. */
export function volumeAlerts(values: ClusterMonitoringValues, namespace: string): Alert[] {
  const { clusterName, alerts } = values;
  const claims = [
    `namespace="${namespace}"`,
    `persistentvolumeclaim=~"${clusterName}-[0-9]+(-wal)?"`,
  ];
  // What is kept for root counts as used; and a pod that moves is told of by two kubelets for a while.
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
        "PostgreSQL stops when a volume is full. Enlarge `storage.size`, or `walStorage.size` for a claim that ends in -wal; when " +
        "WAL piles up, see whether archiving fails or a replica is gone first.",
    },
    {
      name: ClusterAlert.VolumeNearlyFull,
      severity: AlertSeverity.Critical,
      expr: above(alerts.volumeUsage.critical),
      after: "5m",
      summary,
      description:
        "PostgreSQL stops when it is full, and comes back only on a larger one. Enlarge `storage.size`, or `walStorage.size` for a " +
        "claim that ends in -wal, now, and delete nothing in pg_wal by hand.",
    },
  ];
}

/** What runs out while the cluster looks well: connections and transaction ids; and who holds others up. */
export function loadAlerts({ alerts }: ClusterMonitoringValues, of: string): Alert[] {
  const taken = `sum by (pod) (${metric("cnpg_backends_total", of, NO_REPLICATION)})`;
  const limit = `max by (pod) (${metric("cnpg_pg_settings_setting", of, 'name="max_connections"')})`;
  const above = (percent: number) => `${taken} / ${limit} > ${percent / 100}`;
  const summary =
    "{{ $labels.pod }} has {{ $value | humanizePercentage }} of its connections taken.";
  return [
    {
      name: ClusterAlert.ConnectionsHigh,
      severity: AlertSeverity.Warning,
      expr: above(alerts.connectionUsage.warning),
      after: "10m",
      summary,
      description:
        "Whoever comes after the last one is turned away. See in pg_stat_activity who has them, and whether they are idle; put a " +
        "pooler in between, or make the application's pools smaller.",
    },
    {
      name: ClusterAlert.ConnectionsNearlyExhausted,
      severity: AlertSeverity.Critical,
      expr: above(alerts.connectionUsage.critical),
      after: "2m",
      summary,
      description:
        "Applications are turned away in a moment. End those that are idle with pg_terminate_backend, and find the application " +
        "that opens them. More of them need a restart (`parameters.max_connections`).",
    },
    ...transactionIdAlerts(of),
    {
      name: ClusterAlert.Deadlocks,
      severity: AlertSeverity.Warning,
      expr: `sum by (datname) (increase(${metric("cnpg_pg_stat_database_deadlocks", of)}[15m])) > 5`,
      after: "1m",
      summary: "{{ $value | humanize }} deadlocks in {{ $labels.datname }} within 15 minutes.",
      description:
        "Each has ended a transaction with an error. The primary's log has both statements of each: have the application take " +
        "its locks in the same order everywhere.",
    },
    {
      name: ClusterAlert.LongTransaction,
      severity: AlertSeverity.Warning,
      expr: `max by (pod, datname, usename) (${metric("cnpg_backends_max_tx_duration_seconds", of, NO_REPLICATION)}) > ${alerts.transactionSeconds}`,
      after: "1m",
      summary:
        "A transaction of {{ $labels.usename }} in {{ $labels.datname }} on {{ $labels.pod }} is open for {{ $value | humanizeDuration }}.",
      description:
        "Vacuum cannot remove what was deleted since, and what it has locked stays so. Find it in pg_stat_activity by xact_start; " +
        "if nobody waits for it, pg_terminate_backend ends it.",
    },
  ];
}

/** PostgreSQL stops all writes at 2^31; vacuum begins to freeze at 200 million, and drops everything else for it at 1.6 billion. */
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
        "Vacuum should have begun at 200 million. Look for what holds it up: a long transaction, a prepared one in " +
        "pg_prepared_xacts, a replication slot that nobody reads, or a table with autovacuum off.",
    },
    {
      name: ClusterAlert.TransactionIdWraparound,
      severity: AlertSeverity.Critical,
      expr: above(1_200_000_000),
      after: "10m",
      summary,
      description:
        "At 2.1 billion PostgreSQL takes no more writes. End what holds vacuum up (long and prepared transactions, slots that " +
        "nobody reads), then run VACUUM (FREEZE) over the tables with the oldest relfrozenxid.",
    },
  ];
}
