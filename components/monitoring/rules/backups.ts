import { rule } from "../../contract/rule";
import { longestGap } from "../../formats/schedule-gap";
import type { ClusterAlertsArgs } from "../args";

/** The limits that apply to backups only. */
const LIMITS = ["backupAgeHours", "archiveDelaySeconds"] as const;

export interface MonitoredBackups {
  backup?: { schedule: string };
  monitoring?: { alerts?: Pick<ClusterAlertsArgs, (typeof LIMITS)[number]> };
}

export const monitoringBackups = rule({
  name: "monitoring-backups",
  why: "An alert that fires between two good backups is soon switched off, and one about backups that do not exist never fires.",
  *check({ backup, monitoring: { alerts = {} } = {} }: MonitoredBackups, isMalformed) {
    if (!backup) {
      if (isMalformed("backup")) return;
      for (const name of LIMITS) {
        if (alerts[name] === undefined) continue;
        yield {
          path: `monitoring.alerts.${name}`,
          value: alerts[name],
          reason: "has no effect: the cluster has no backups",
          remedy: "Declare `backup`, or remove it",
        };
      }
      return;
    }
    const gap = longestGap(backup.schedule);
    const hours = alerts.backupAgeHours;
    if (gap === undefined || hours === undefined || hours * 3600 > gap) return;
    const least = Math.floor(gap / 3600) + 1;
    yield {
      path: "monitoring.alerts.backupAgeHours",
      value: hours,
      reason: `with the schedule \`${backup.schedule}\` up to ${describe(gap)} pass between two backups, and the alert would fire without a fault`,
      remedy: `Use ${least} or more, and leave time for the backup itself, or take backups more often`,
    };
  },
});

function describe(seconds: number): string {
  const hours = Math.round((seconds / 3600) * 10) / 10;
  return `${hours} hours`;
}
