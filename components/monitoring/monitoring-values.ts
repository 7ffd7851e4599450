import { BackupMethod } from "../backup/backup-args";
import { DataDurability } from "../postgres/cluster-args-synchronous";
import { backupAge } from "../rules/schedule-gap";
import type { AlertSeverity } from "./alert-names";
import type { ClusterMonitoringArgs, MonitoredBackupArgs } from "./cluster-monitoring-args";
import type { AlertPercentages, PoolerMonitoringArgs } from "./monitoring-args";

/** What Prometheus and its alerts are told about a cluster, with every default filled in. */
export interface ClusterMonitoringValues {
  interval: string;
  clusterName: string;
  instances: number;
  /** None at 0. */
  synchronousReplicas: number;
  dataDurability: DataDurability;
  backup: Required<MonitoredBackupArgs> | undefined;
  replica: { streaming: boolean; applyDelaySeconds: number } | undefined;
  alerts: {
    enabled: boolean;
    severities: Record<string, AlertSeverity>;
    replicationLagSeconds: number;
    archiveDelaySeconds: number;
    backupAgeHours: number;
    transactionSeconds: number;
    volumeUsage: Required<AlertPercentages>;
    connectionUsage: Required<AlertPercentages>;
  };
}

const SECONDS_AN_HOUR = 3600;

/** The arguments with their defaults. */
export function clusterMonitoringValues(args: ClusterMonitoringArgs): ClusterMonitoringValues {
  const { interval = "30s", clusterName, instances, backup, replica, alerts = {} } = args;
  const age = backup && backupAge(backup.schedule);
  return {
    interval,
    clusterName,
    instances,
    synchronousReplicas: args.synchronousReplicas ?? 0,
    dataDurability: args.dataDurability ?? DataDurability.Required,
    backup: backup && { immediate: true, method: BackupMethod.Plugin, ...backup },
    replica: replica && { streaming: false, applyDelaySeconds: 0, ...replica },
    alerts: {
      enabled: alerts.enabled ?? true,
      severities: alerts.severities ?? {},
      replicationLagSeconds: alerts.replicationLagSeconds ?? 60,
      archiveDelaySeconds: alerts.archiveDelaySeconds ?? 900,
      backupAgeHours: alerts.backupAgeHours ?? Math.ceil((age ?? 0) / SECONDS_AN_HOUR),
      transactionSeconds: alerts.transactionSeconds ?? SECONDS_AN_HOUR,
      volumeUsage: { warning: 80, critical: 90, ...alerts.volumeUsage },
      connectionUsage: { warning: 80, critical: 95, ...alerts.connectionUsage },
    },
  };
}

/** The same of a pooler. */
export function poolerMonitoringValues({ interval, labels, alerts = {} }: PoolerMonitoringArgs) {
  return {
    interval: interval ?? "30s",
    labels: labels ?? {},
    alerts: {
      enabled: alerts.enabled ?? true,
      severities: alerts.severities ?? {},
      waitingSeconds: alerts.waitingSeconds ?? 5,
    },
  };
}
