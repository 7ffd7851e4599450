import { BackupMethod } from "../../backup/args";
import { countOf, metric, type Alert } from "./alert";
import { AlertSeverity, ClusterAlert } from "../args/alerts";
import type { ClusterMonitoringValues } from "../values";

/** Hours that an immediate first backup may take before the alert fires. */
const FIRST_BACKUP_HOURS = 6;

/** Alerts about whether lost data could be recovered, and how much of them. */
export function backupAlerts(values: ClusterMonitoringValues, of: string): Alert[] {
  const { backup, alerts } = values;
  if (!backup) return [];
  const bySnapshot = backup.method === BackupMethod.VolumeSnapshot;
  // The operator's own timestamps know nothing of the plugin's backups, nor the plugin of snapshots.
  const prefix = bySnapshot ? "cnpg_collector" : "barman_cloud_cloudnative_pg_io";
  const latest = (name: string) => metric(`${prefix}_${name}`, of);
  const first = latest("first_recoverability_point");
  return [
    archivingFailing(of),
    archivingBehind(of, alerts.archiveDelaySeconds),
    // No metric reports a failed snapshot: only that the last good one is too old.
    ...(bySnapshot ? [] : [backupFailed(latest)]),
    {
      name: ClusterAlert.BackupTooOld,
      severity: AlertSeverity.Critical,
      // 0 means that there is none, which has a separate alert.
      expr: `time() - max(${latest("last_available_backup_timestamp")} > 0) > ${alerts.backupAgeHours * 3600}`,
      after: "5m",
      summary: "The last base backup is {{ $value | humanizeDuration }} old.",
      description:
        "A recovery must replay all WAL since then, and retention may leave no backup to begin with. Check with " +
        "`kubectl get backup,scheduledbackup` the last ones and whether the schedule is suspended.",
    },
    // A snapshot's time is that of the snapshot, and not that of the WAL that it needs.
    ...(bySnapshot ? [] : [backupNotRestorable(latest("last_available_backup_timestamp"), of)]),
    {
      name: ClusterAlert.NotRecoverable,
      severity: AlertSeverity.Critical,
      expr: `${countOf(bySnapshot ? `${first} > 0` : withItsWal(first, of))} < 1`,
      after: `${backup.immediate ? FIRST_BACKUP_HOURS : alerts.backupAgeHours}h`,
      summary: "There is no base backup to recover from.",
      description:
        "Data lost now cannot be recovered. See `kubectl get backup` for why the first one has not succeeded, or " +
        "`npm run status` for the WAL that it lacks; OnDemandBackup, or `kubectl cnpg backup --backup-target=primary`, takes one " +
        "immediately.",
    },
  ];
}

/** Returns the time when the primary last archived WAL; after a failover the previous one still reports it for a while. */
function lastArchived(of: string): string {
  return `max(${metric("cnpg_pg_stat_archiver_last_archived_time", of)})`;
}

/**
 * Returns the times of base backups, without those after which no WAL has been archived: their last WAL file is not,
 * either.
 */
function withItsWal(time: string, of: string): string {
  return `max(${time}) > 0 unless max(${time}) > ${lastArchived(of)}`;
}

function backupNotRestorable(latest: string, of: string): Alert {
  return {
    name: ClusterAlert.BackupNotRestorable,
    severity: AlertSeverity.Warning,
    expr: `max(${latest}) > ${lastArchived(of)}`,
    // For a database with writes, archive_timeout has ended the file three times by then.
    after: "15m",
    summary: "The last base backup cannot be restored: its last WAL file is not archived.",
    description:
      "It was taken from a replica, and the primary ends a WAL file only after a write. A restore uses this backup and fails. " +
      "`npm run status` shows the command that ends the file; `backup.target: primary`, the default, takes backups that are " +
      "complete with their WAL.",
  };
}

function archivingFailing(of: string): Alert {
  const failed = metric("cnpg_pg_stat_archiver_last_failed_time", of);
  const archived = metric("cnpg_pg_stat_archiver_last_archived_time", of);
  return {
    name: ClusterAlert.WalArchivingFailing,
    severity: AlertSeverity.Critical,
    expr: `${failed} > ${archived}`,
    after: "10m",
    summary: "{{ $labels.pod }} cannot archive its WAL.",
    description:
      "WAL that is not archived is lost with the cluster, and fills its volume until PostgreSQL stops. The log of the container " +
      "plugin-barman-cloud of this pod has the store's answer: credentials, network, a bucket that no longer exists, or an " +
      "archive that is not empty.",
  };
}

function archivingBehind(of: string, seconds: number): Alert {
  const waiting = metric("cnpg_collector_pg_wal_archive_status", of, 'value="ready"');
  const since = metric("cnpg_pg_stat_archiver_seconds_since_last_archival", of);
  return {
    name: ClusterAlert.WalArchivingBehind,
    severity: AlertSeverity.Critical,
    // Idle databases archive nothing; and -1 means that nothing ever was.
    expr: `${waiting} > 0 and on (pod) (${since} > ${seconds} or ${since} < 0)`,
    after: "5m",
    summary:
      "{{ $value }} WAL files of {{ $labels.pod }} wait to be archived, and none is archived.",
    description:
      "WAL that is not archived is lost with the cluster. The command hangs or is too slow: check the log of the " +
      "container plugin-barman-cloud, its CPU and memory (`backup.sidecarResources`), and the network to the store.",
  };
}

function backupFailed(latest: (name: string) => string): Alert {
  const failed = `max(${latest("last_failed_backup_timestamp")})`;
  return {
    name: ClusterAlert.BackupFailed,
    severity: AlertSeverity.Warning,
    expr: `${failed} > max(${latest("last_available_backup_timestamp")})`,
    after: "1m",
    summary: "The last base backup failed.",
    description:
      "The previous one still exists. `kubectl describe backup` of the newest one shows the cause; take another with `kubectl " +
      "cnpg backup` once it is fixed.",
  };
}
