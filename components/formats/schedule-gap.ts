import { scheduleFields } from "./cron";
import { parseDuration } from "./durations";

/** The six fields of each word. */
const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "@yearly": "0 0 0 1 1 *",
    "@annually": "0 0 0 1 1 *",
    "@monthly": "0 0 0 1 * *",
    "@weekly": "0 0 0 * * 0",
    "@daily": "0 0 0 * * *",
    "@midnight": "0 0 0 * * *",
    "@hourly": "0 0 * * * *",
  }),
);

const HOUR = 3600;
const DAY = 86_400;

/** From one leap year to the third after it, which includes every month, every weekday and every 29 February. */
const FIRST_DAY = Date.UTC(2024, 0, 1);
const DAYS = 13 * 366;

/** Seconds allowed between the ends of two base backups: the longest gap, and a twelfth of it for the backup itself. */
export function backupAge(schedule: string): number | undefined {
  const gap = longestGap(schedule);
  return gap === undefined ? undefined : gap + Math.max(HOUR, gap / 12);
}

/** The most seconds between two runs of a schedule; undefined when it is malformed. */
export function longestGap(schedule: string): number | undefined {
  const every = /^@every ((?:\d+(?:\.\d+)?[hms])+)$/.exec(schedule)?.[1];
  if (every !== undefined) return parseDuration(every);
  const fields = scheduleFields(WORDS.get(schedule) ?? schedule);
  if (!fields) return undefined;
  const times = timesOfDay(fields.seconds, fields.minutes, fields.hours);
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const nights = gaps(daysOf(fields)).map((days) => days * DAY - last + first);
  return Math.max(0, ...gaps(times), ...nights);
}

/** The seconds of a day at which a schedule runs, sorted as the fields are. */
function timesOfDay(secondsOf: number[], minutes: number[], hours: number[]): number[] {
  return hours.flatMap((hour) =>
    minutes.flatMap((minute) => secondsOf.map((second) => hour * HOUR + minute * 60 + second)),
  );
}

/** The days on which a schedule runs. A day must match both fields; if both are restricted, one is enough, as in every cron. */
function daysOf(fields: NonNullable<ReturnType<typeof scheduleFields>>): number[] {
  const { days, months, weekdays, anyDay, anyWeekday } = fields;
  const either = !anyDay && !anyWeekday;
  return Array.from({ length: DAYS }, (_, index) => index).filter((index) => {
    const date = new Date(FIRST_DAY + index * DAY * 1000);
    if (!months.includes(date.getUTCMonth() + 1)) return false;
    const byDay = days.includes(date.getUTCDate());
    const byWeekday = weekdays.includes(date.getUTCDay());
    return either ? byDay || byWeekday : byDay && byWeekday;
  });
}

function gaps(sorted: number[]): number[] {
  return sorted.slice(1).map((value, index) => value - (sorted[index] ?? value));
}
