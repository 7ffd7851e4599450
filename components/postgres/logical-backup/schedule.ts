import type { Refusal } from "../../contract/schema";
import { scheduleRefusal } from "../../formats/cron";
import { backupAge } from "../../formats/schedule-gap";

const FORM = 'Write minute, hour, day, month and day of the week, such as "30 3 * * *"';

/** The mistake in the schedule of a CronJob; undefined for a valid one. */
export function cronJobRefusal(text: string): Refusal | undefined {
  const parts = text.trim().split(/\s+/);
  if (text.startsWith("@")) return ofWord(text);
  if (parts.length === 6 && scheduleRefusal(text) === undefined) {
    return {
      reason: "must have five fields: this is a CronJob of Kubernetes, which has no seconds",
      remedy: `Write "${parts.slice(1).join(" ")}"`,
    };
  }
  if (parts.length !== 5) {
    return { reason: `must have five fields, not ${parts.length}`, remedy: FORM };
  }
  const refused = scheduleRefusal(withSeconds(text));
  return refused?.reason.startsWith("never runs") ? { ...refused, remedy: FORM } : refused;
}

/** A CronJob counts from the hour and not from its creation. */
function ofWord(text: string): Refusal | undefined {
  if (!text.startsWith("@every") && scheduleRefusal(text) === undefined) return undefined;
  return {
    reason: "is not a schedule that Kubernetes knows",
    remedy: "Use @hourly, @daily, @weekly, @monthly, @yearly, or five fields",
  };
}

/** Hours since the last run after which one is missing; undefined when the schedule is malformed. */
export function missingAfterHours(schedule: string): number | undefined {
  const seconds = backupAge(schedule.startsWith("@") ? schedule : withSeconds(schedule));
  return seconds === undefined ? undefined : Math.ceil(seconds / 3600);
}

function withSeconds(schedule: string): string {
  return `0 ${schedule.trim()}`;
}
