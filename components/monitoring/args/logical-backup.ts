import type { AlertSeverity } from "./alerts";

/** The alerts about a LogicalBackup, by the names that they have in Prometheus. */
export const LogicalBackupAlert = {
  /** The last dump failed. */
  Failed: "PostgresLogicalBackupFailed",
  /** The last dump that succeeded is too old. */
  TooOld: "PostgresLogicalBackupTooOld",
} as const;

export type LogicalBackupAlert = (typeof LogicalBackupAlert)[keyof typeof LogicalBackupAlert];

/** Alerts about a LogicalBackup, for a Prometheus that the Prometheus operator runs and that reads kube-state-metrics. */
export interface LogicalBackupMonitoringArgs {
  /**
   * Labels of the PrometheusRule, by which a Prometheus selects it. That of PrometheusStack selects all.
   *
   * @default - only the recommended ones
   */
  labels?: Record<string, string>;
  /**
   * Severities of single alerts, by their names: `{ [LogicalBackupAlert.Failed]: AlertSeverity.Critical }`.
   *
   * @default - see the table in components/monitoring/README.md
   */
  severities?: Record<string, AlertSeverity>;
  /**
   * Hours since the last dump that succeeded.
   *
   * @default - the longest time between two runs of `schedule` and a twelfth of it, at least an hour: 26 for a daily one
   */
  ageHours?: number;
}
