import type { AlertSeverity } from "./alerts";

/** At which share of a limit somebody is told, in percent. */
export interface AlertPercentages {
  /**
   * Percent of the first alert, 1 to 99.
   *
   * @default 80
   */
  warning?: number;
  /**
   * Percent of the second, more than `warning` and at most 99.
   *
   * @default - 90 of a volume, 95 of the connections
   */
  critical?: number;
}

/** The alerts about a cluster. Those about backups, replicas and synchronous commits are there where these are declared. */
export interface ClusterAlertsArgs {
  /**
   * Whether there are alerts, and not metrics alone.
   *
   * @default true
   */
  enabled?: boolean;
  /**
   * What single alerts are worth, by their names: `{ [ClusterAlert.Deadlocks]: AlertSeverity.Off }`.
   *
   * @default - see the table in components/monitoring/README.md
   */
  severities?: Record<string, AlertSeverity>;
  /**
   * Seconds that a replica may be behind. `minApplyDelay` of a ReplicaCluster comes on top.
   *
   * @default 60
   */
  replicationLagSeconds?: number;
  /**
   * Seconds without an archived WAL file while there are some to archive. What is not archived is lost with the cluster.
   *
   * @default 900
   */
  archiveDelaySeconds?: number;
  /**
   * Hours since the end of the last base backup.
   *
   * @default - the longest time between two runs of `backup.schedule` and a twelfth of it, at least an hour, for the backup
   * itself: 26 for a daily one
   */
  backupAgeHours?: number;
  /**
   * Seconds that a transaction may be open. It keeps vacuum from removing what has been deleted since.
   *
   * @default 3600
   */
  transactionSeconds?: number;
  /** How full a volume may be. @default - 80 and 90 percent */
  volumeUsage?: AlertPercentages;
  /** How many of `max_connections` may be taken. @default - 80 and 95 percent */
  connectionUsage?: AlertPercentages;
}

/**
 * Metrics and alerts of a cluster, for a Prometheus that the Prometheus operator runs (PrometheusStack installs both). They
 * cost the cluster no restart.
 *
 * Metrics go over the network as they are: they hold names of databases and roles, and no data. The cluster's NetworkPolicy
 * says who may read them (`networkPolicy.metricsFrom`).
 */
export interface MonitoringArgs {
  /**
   * How often Prometheus reads the metrics: `"15s"`, `"1m"`, from 5 seconds to 2 minutes. CloudNativePG itself asks the
   * database every 30 seconds, however often it is asked.
   *
   * @default "30s"
   */
  interval?: string;
  /**
   * Labels of the PodMonitor and the PrometheusRule, by which a Prometheus selects them. That of PrometheusStack takes all.
   *
   * @default - none but the recommended ones
   */
  labels?: Record<string, string>;
  /** The alerts. @default - all of them */
  alerts?: ClusterAlertsArgs;
}

/** The alerts about a pooler. */
export interface PoolerAlertsArgs {
  /**
   * Whether there are alerts, and not metrics alone.
   *
   * @default true
   */
  enabled?: boolean;
  /**
   * What single alerts are worth, by their names: `{ [PoolerAlert.ClientsWaiting]: AlertSeverity.Critical }`.
   *
   * @default - see the table in components/monitoring/README.md
   */
  severities?: Record<string, AlertSeverity>;
  /**
   * Seconds that the client which waits longest may wait for a server connection.
   *
   * @default 5
   */
  waitingSeconds?: number;
}

/** Metrics and alerts of a pooler, for a Prometheus that the Prometheus operator runs. They cost the pooler no restart. */
export interface PoolerMonitoringArgs {
  /**
   * How often Prometheus reads the metrics: `"15s"`, `"1m"`, from 5 seconds to 2 minutes.
   *
   * @default "30s"
   */
  interval?: string;
  /**
   * Labels of the PodMonitor and the PrometheusRule, by which a Prometheus selects them. That of PrometheusStack takes all.
   *
   * @default - none but the recommended ones
   */
  labels?: Record<string, string>;
  /** The alerts. @default - all of them */
  alerts?: PoolerAlertsArgs;
}
