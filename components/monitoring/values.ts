import { BackupMethod } from "../backup/args";
import { DataDurability } from "../postgres/cluster/args/synchronous";
import { backupAge } from "../formats/schedule-gap";
import type { AlertSeverity } from "./args/alerts";
import type { ClusterMonitoringArgs, MonitoredBackupArgs } from "./cluster-monitoring/args";
import type { AlertPercentages, PoolerMonitoringArgs, WatchMonitoringArgs } from "./args";

/** The values of a cluster for Prometheus and its alerts, with every default filled in. */
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

/** The usage of a volume at which alerts fire by default, in percent. */
export const VOLUME_USAGE = { warning: 80, critical: 90 };
/** The usage of the connections at which alerts fire by default, in percent. */
export const CONNECTION_USAGE = { warning: 80, critical: 95 };

const SECONDS_AN_HOUR = 3600;

/** Returns the arguments of a cluster's monitoring with their defaults. */
export function clusterMonitoringValues(args: ClusterMonitoringArgs): ClusterMonitoringValues {
  const { interval = "30s", clusterName, instances, backup, replica, alerts = {} } = args;
  const age = backup && backupAge(backup.schedule);
  return {
    interval,
    clusterName,
    instances,
    synchronousReplicas: args.synchronousReplicas ?? 0,
    dataDurability: args.dataDurability ?? DataDurability.Required,
    backup: backup && {
      schedule: backup.schedule,
      immediate: backup.immediate ?? true,
      method: backup.method ?? BackupMethod.Plugin,
    },
    replica: replica && {
      streaming: replica.streaming ?? false,
      applyDelaySeconds: replica.applyDelaySeconds ?? 0,
    },
    alerts: {
      enabled: alerts.enabled ?? true,
      severities: alerts.severities ?? {},
      replicationLagSeconds: alerts.replicationLagSeconds ?? 60,
      archiveDelaySeconds: alerts.archiveDelaySeconds ?? 900,
      backupAgeHours: alerts.backupAgeHours ?? Math.ceil((age ?? 0) / SECONDS_AN_HOUR),
      transactionSeconds: alerts.transactionSeconds ?? SECONDS_AN_HOUR,
      volumeUsage: percentages(alerts.volumeUsage, VOLUME_USAGE),
      connectionUsage: percentages(alerts.connectionUsage, CONNECTION_USAGE),
    },
  };
}

function percentages(
  given: AlertPercentages | undefined,
  byDefault: Required<AlertPercentages>,
): Required<AlertPercentages> {
  return {
    warning: given?.warning ?? byDefault.warning,
    critical: given?.critical ?? byDefault.critical,
  };
}

/** Returns the arguments of a pooler's monitoring with their defaults. */
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

/** Returns the arguments of a watch's monitoring with their defaults. */
export function watchMonitoringValues({ interval, labels, alerts = {} }: WatchMonitoringArgs) {
  return {
    interval: interval ?? "30s",
    labels: labels ?? {},
    alerts: { enabled: alerts.enabled ?? true, severities: alerts.severities ?? {} },
  };
}
