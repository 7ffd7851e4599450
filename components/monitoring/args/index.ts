import type { AlertSeverity } from "./alerts";

/** The shares of a limit at which the alerts fire, in percent. */
export interface AlertPercentages {
  /**
   * Percent for the first alert, 1 to 99.
   *
   * @default 80
   */
  warning?: number;
  /**
   * Percent for the second alert, more than `warning` and at most 99.
   *
   * @default - 90 for a volume, 95 for the connections
   */
  critical?: number;
}

/** The alerts about a cluster. Those about backups, replicas and synchronous commits exist where these are declared. */
export interface ClusterAlertsArgs {
  /**
   * Whether there are alerts, not only metrics.
   *
   * @default true
   */
  enabled?: boolean;
  /**
   * Severities of single alerts, by their names: `{ [ClusterAlert.Deadlocks]: AlertSeverity.Off }`.
   *
   * @default - see the table in components/monitoring/README.md
   */
  severities?: Record<string, AlertSeverity>;
  /**
   * Seconds that a replica may be behind. `minApplyDelay` of a ReplicaCluster is added.
   *
   * @default 60
   */
  replicationLagSeconds?: number;
  /**
   * Seconds without an archived WAL file while some wait. WAL that is not archived is lost with the cluster.
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
  /** The usage of a volume. @default - 80 and 90 percent */
  volumeUsage?: AlertPercentages;
  /** The usage of `max_connections`. @default - 80 and 95 percent */
  connectionUsage?: AlertPercentages;
}

/**
 * Metrics and alerts of a cluster, for a Prometheus that the Prometheus operator runs (PrometheusStack installs both). They
 * cost the cluster no restart.
 *
 * Metrics cross the network unencrypted: they contain names of databases and roles, but no data. The cluster's
 * NetworkPolicy controls who may read them (`networkPolicy.metricsFrom`).
 */
export interface MonitoringArgs {
  /**
   * The interval at which Prometheus reads the metrics: `"15s"`, `"1m"`, from 5 seconds to 2 minutes. CloudNativePG itself
   * queries the database every 30 seconds, regardless of this setting.
   *
   * @default "30s"
   */
  interval?: string;
  /**
   * Labels of the PodMonitor and the PrometheusRule, by which a Prometheus selects them. That of PrometheusStack selects all.
   *
   * @default - only the recommended ones
   */
  labels?: Record<string, string>;
  /** The alerts. @default - all of them */
  alerts?: ClusterAlertsArgs;
}

/** The alerts about a pooler. */
export interface PoolerAlertsArgs {
  /**
   * Whether there are alerts, not only metrics.
   *
   * @default true
   */
  enabled?: boolean;
  /**
   * Severities of single alerts, by their names: `{ [PoolerAlert.ClientsWaiting]: AlertSeverity.Critical }`.
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

/** The alerts about a PrimaryWatch. */
export interface WatchAlertsArgs {
  /**
   * Whether there are alerts, not only metrics.
   *
   * @default true
   */
  enabled?: boolean;
  /**
   * Severities of single alerts, by their names: `{ [WatchAlert.Acted]: AlertSeverity.Info }`.
   *
   * @default - see the table in components/monitoring/README.md
   */
  severities?: Record<string, AlertSeverity>;
}

/** Metrics and alerts of a PrimaryWatch, for a Prometheus that the Prometheus operator runs. */
export interface WatchMonitoringArgs {
  /**
   * The interval at which Prometheus reads the metrics: `"15s"`, `"1m"`, from 5 seconds to 2 minutes.
   *
   * @default "30s"
   */
  interval?: string;
  /**
   * Labels of the PodMonitor and the PrometheusRule, by which a Prometheus selects them. That of PrometheusStack selects all.
   *
   * @default - only the recommended ones
   */
  labels?: Record<string, string>;
  /** The alerts. @default - all of them */
  alerts?: WatchAlertsArgs;
}

/** Metrics and alerts of a pooler, for a Prometheus that the Prometheus operator runs. They cost the pooler no restart. */
export interface PoolerMonitoringArgs {
  /**
   * The interval at which Prometheus reads the metrics: `"15s"`, `"1m"`, from 5 seconds to 2 minutes.
   *
   * @default "30s"
   */
  interval?: string;
  /**
   * Labels of the PodMonitor and the PrometheusRule, by which a Prometheus selects them. That of PrometheusStack selects all.
   *
   * @default - only the recommended ones
   */
  labels?: Record<string, string>;
  /** The alerts. @default - all of them */
  alerts?: PoolerAlertsArgs;
}
