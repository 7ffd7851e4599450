import type { PrometheusRuleSpec } from "../../crds/prometheus-operator";
import { AlertSeverity } from "../args/alerts";
import { LogicalBackupAlert } from "../args/logical-backup";
import { metric, prometheusRuleSpec, type Alert } from "./alert";

/** The values for the alerts about a logical backup. */
export interface LogicalBackupAlertValues {
  backupName: string;
  severities: Record<string, AlertSeverity>;
  ageHours: number;
}

/** Returns the spec of a logical backup's PrometheusRule. */
export function logicalBackupRuleSpec(
  values: LogicalBackupAlertValues,
  namespace: string,
): PrometheusRuleSpec {
  return prometheusRuleSpec(
    [{ name: "logical-backup", alerts: logicalBackupAlerts(values, namespace) }],
    {
      labels: { namespace, logical_backup: values.backupName },
      severities: values.severities,
    },
  );
}

/** Alerts about whether dumps are made. Several kube-state-metrics may tell of one CronJob. */
function logicalBackupAlerts(
  { backupName, ageHours }: LogicalBackupAlertValues,
  namespace: string,
): Alert[] {
  const of = (name: string) =>
    `max(${metric(`kube_cronjob_${name}`, `namespace="${namespace}"`, `cronjob="${backupName}"`)})`;
  const succeeded = of("status_last_successful_time");
  return [
    {
      name: LogicalBackupAlert.Failed,
      severity: AlertSeverity.Warning,
      // A CronJob that has never succeeded has no such time.
      expr: `${of("status_last_schedule_time")} > (${succeeded} or vector(0)) and ${of("status_active")} == 0`,
      after: "5m",
      summary: "The last dump failed.",
      description:
        "Earlier ones are still in the store. `kubectl describe pod` of the pod that failed shows what pg_dump or the store said; " +
        "`kubectl create job --from=cronjob/...` makes another once it is fixed.",
    },
    {
      name: LogicalBackupAlert.TooOld,
      severity: AlertSeverity.Critical,
      // One that has never succeeded is as old as the CronJob.
      expr: `time() - (${succeeded} or ${of("created")}) > ${ageHours * 3600}`,
      after: "5m",
      summary: "There has been no dump for {{ $value | humanizeDuration }}.",
      description:
        "What was deleted by mistake since then is only in the base backups and their WAL. Check with `kubectl get cronjob,job` " +
        "whether the CronJob is suspended, and why its Jobs fail or wait.",
    },
  ];
}
