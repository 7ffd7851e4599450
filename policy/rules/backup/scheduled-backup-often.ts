import { longestGap } from "../../../components/formats/schedule-gap";
import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { count } from "../../engine/settings";
import { SCHEDULED_BACKUP } from "../../engine/types";

const HOUR = 3600;

export const scheduledBackupOften = resourceRule({
  name: "scheduled-backup-often",
  group: "backup",
  description: "A base backup is taken every week or more often.",
  why: "A recovery replays all WAL since the last base backup, and retention keeps all of it: after months it takes days, and one damaged segment makes it fail.",
  remediation: "Set spec.schedule to every day: `0 0 2 * * *`.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/backup#scheduled-backups",
  types: [SCHEDULED_BACKUP],
  settings: { mostHours: count(168, "The maximum number of hours between two backups") },
  *check(schedule, { mostHours }) {
    const declared = specOf(schedule).at("schedule");
    // Another rule reports a malformed schedule.
    const gap = gapOf(declared.text ?? "");
    if (gap === undefined || gap <= mostHours * HOUR) return;
    yield at(
      declared,
      `up to ${Math.round(gap / HOUR)} h pass without a backup, and all WAL since the last one has to be replayed`,
      'Set it to daily, "0 0 2 * * *", or at least to weekly',
    );
  },
});

/** The gaps by schedule: most clusters have the same one, and finding its gap takes a calendar of years. */
const gaps = new Map<string, number | undefined>();

function gapOf(schedule: string): number | undefined {
  if (!gaps.has(schedule)) gaps.set(schedule, longestGap(schedule));
  return gaps.get(schedule);
}
