import { z } from "zod";
import { maybe, rule } from "./rule";
import { longestGap } from "./schedule-gap";
import { under, type Violation } from "./violation";

const alerts = z.object({
  alerts: maybe(
    z.object({ backupAgeHours: maybe(z.number()), archiveDelaySeconds: maybe(z.number()) }),
  ),
});

/** The limits that are only about backups. */
const LIMITS = ["backupAgeHours", "archiveDelaySeconds"] as const;

export const monitoringBackups = rule({
  name: "monitoring-backups",
  why: "An alert that fires between two good backups is switched off soon, and one about backups that there are not never fires.",
  subject: z.object({
    backup: maybe(z.object({ schedule: maybe(z.string()) })),
    monitoring: maybe(alerts),
  }),
  judge: ({ backup, monitoring }) => under("monitoring", violations(backup, monitoring)),
});

function violations(
  backup: { schedule?: string | undefined } | undefined,
  monitoring: z.output<typeof alerts> | undefined,
): Violation[] {
  const limits = monitoring?.alerts ?? {};
  if (!backup) {
    return LIMITS.filter((name) => limits[name] !== undefined).map((name) => ({
      path: `alerts.${name}`,
      value: limits[name],
      reason: "the cluster has no backups, so there is no such alert",
      remedy: "Declare `backup`, or remove it",
    }));
  }
  const gap = backup.schedule === undefined ? undefined : longestGap(backup.schedule);
  const hours = limits.backupAgeHours;
  if (gap === undefined || hours === undefined || hours * 3600 > gap) return [];
  const least = Math.floor(gap / 3600) + 1;
  return [
    {
      path: "alerts.backupAgeHours",
      value: hours,
      reason: `by the schedule \`${backup.schedule ?? ""}\` up to ${describe(gap)} pass between two backups, and the alert would fire although all is well`,
      remedy: `Use ${least} or more, and leave time for the backup itself, or take backups more often`,
    },
  ];
}

function describe(seconds: number): string {
  const hours = Math.round((seconds / 3600) * 10) / 10;
  return `${hours} hours`;
}
