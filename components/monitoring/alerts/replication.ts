import { DataDurability } from "../../postgres/cluster/args/synchronous";
import { countOf, metric, type Alert } from "./alert";
import { AlertSeverity, ClusterAlert } from "../args/alerts";
import type { ClusterMonitoringValues } from "../values";

/** Alerts about whether the replicas keep up with the primary. */
export function replicationAlerts(values: ClusterMonitoringValues, of: string): Alert[] {
  const { instances, replica, synchronousReplicas } = values;
  const follows = instances > 1 || replica?.streaming === true;
  return [
    ...(follows ? [notStreaming(values, of), lag(values, of)] : []),
    ...(synchronousReplicas > 0 && !replica ? [synchronous(values, of)] : []),
  ];
}

function notStreaming({ replica }: ClusterMonitoringValues, of: string): Alert {
  const silent = `${metric("cnpg_pg_replication_is_wal_receiver_up", of)} == 0`;
  const replicas = `${metric("cnpg_pg_replication_in_recovery", of)} == 1`;
  // One instance of a replica cluster reads the archive; the others stream from that one.
  const byArchive = replica && !replica.streaming;
  return {
    name: ClusterAlert.StandbyNotStreaming,
    severity: AlertSeverity.Warning,
    expr: byArchive ? `count(${silent}) > 1` : `${silent} and on (pod) ${replicas}`,
    after: "10m",
    summary: byArchive
      ? "{{ $value }} instances receive no WAL, and only one reads the archive."
      : "{{ $labels.pod }} receives no WAL.",
    description:
      "It falls behind, a failover to it loses data, and the primary keeps WAL for it on its volume. The replica's log shows the " +
      "cause: no network to the primary, an expired certificate, or WAL that no longer exists, which only a new copy solves: " +
      "`kubectl cnpg destroy`.",
  };
}

function lag({ alerts, replica }: ClusterMonitoringValues, of: string): Alert {
  const seconds = alerts.replicationLagSeconds + (replica?.applyDelaySeconds ?? 0);
  const behind = `${metric("cnpg_pg_replication_lag", of)} > ${seconds}`;
  // Without a receiver the number is meaningless: 0 when all received WAL is replayed, and hours when the source is idle.
  const receiving = `${metric("cnpg_pg_replication_is_wal_receiver_up", of)} == 1`;
  return {
    name: ClusterAlert.ReplicationLag,
    severity: AlertSeverity.Warning,
    expr: `${behind} and on (pod) ${receiving}`,
    after: "5m",
    summary: "{{ $labels.pod }} is {{ $value | humanizeDuration }} behind.",
    description:
      "Reads from it are that old, and a failover to it takes that much longer. Look for a long query on it that delays " +
      "replay, then at its disk and CPU, then for a bulk load on the primary.",
  };
}

function synchronous(values: ClusterMonitoringValues, of: string): Alert {
  const { clusterName, synchronousReplicas: number, dataDurability } = values;
  const primary = `${metric("cnpg_pg_replication_in_recovery", of)} == 0`;
  if (dataDurability === DataDurability.Preferred) {
    const agreed = `${metric("cnpg_collector_sync_replicas", of, 'value="observed"')} < ${number}`;
    return {
      name: ClusterAlert.SynchronousReplicasMissing,
      severity: AlertSeverity.Warning,
      expr: `${agreed} and on (pod) ${primary}`,
      after: "5m",
      summary: `Commits wait for {{ $value }} replicas instead of ${number}.`,
      description:
        "With dataDurability `preferred` commits continue, and are lost with the primary. Restore the replicas: check the pods " +
        "that are not ready, and the log of those that are.",
    };
  }
  // By name: logical subscribers, backups and new copies stream as well, but confirm nothing.
  const standbys = metric(
    "cnpg_pg_stat_replication_replay_diff_bytes",
    of,
    `application_name=~"${clusterName}-[0-9]+"`,
  );
  return {
    name: ClusterAlert.SynchronousReplicasMissing,
    severity: AlertSeverity.Critical,
    expr: `${countOf(standbys)} < ${number} and on () count(${primary}) > 0`,
    after: "1m",
    summary: `{{ $value }} replicas stream, but commits wait for ${number}.`,
    description:
      "Every write hangs until a replica is back. Check the pods that are not ready, and the log of those that are. Only if " +
      "none can return soon, set synchronous.dataDurability to preferred: new writes are then on one disk only.",
  };
}
