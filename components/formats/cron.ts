import type { Refusal } from "../contract/schema";

/**
 * A field of CloudNativePG's schedules, which have six fields with the seconds first, or are a word with an @.
 *
 * @see https://pkg.go.dev/github.com/robfig/cron#hdr-CRON_Expression_Format
 */
export interface Field {
  name: string;
  least: number;
  most: number;
  names?: readonly string[];
}

export const FIELDS: readonly Field[] = [
  { name: "second", least: 0, most: 59 },
  { name: "minute", least: 0, most: 59 },
  { name: "hour", least: 0, most: 23 },
  { name: "day of the month", least: 1, most: 31 },
  {
    name: "month",
    least: 1,
    most: 12,
    names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  },
  {
    name: "day of the week",
    least: 0,
    most: 6,
    names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
  },
];

const WORDS = ["yearly", "annually", "monthly", "weekly", "daily", "midnight", "hourly"];

/** The most days of each month. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const FORM = 'Write second, minute, hour, day, month and day of the week, such as "0 0 2 * * *"';

/** The mistake in a schedule; undefined for a valid one. */
export function scheduleRefusal(text: string): Refusal | undefined {
  if (text.startsWith("@")) return wordRefusal(text);
  const parts = text.trim().split(/\s+/);
  if (parts.length === 5) return fiveFields(parts);
  if (parts.length !== FIELDS.length) {
    return { reason: `must have six fields, not ${parts.length}`, remedy: FORM };
  }
  const wrong = firstWrong(FIELDS, parts);
  if (wrong) return wrong;
  return neverComes(parts)
    ? { reason: "never runs: none of these months has such a day", remedy: FORM }
    : undefined;
}

/** The sorted values of the six fields; undefined for a word or a malformed schedule. */
export function scheduleFields(text: string) {
  if (scheduleRefusal(text) !== undefined || text.startsWith("@")) return undefined;
  const parts = text.trim().split(/\s+/);
  const [seconds, minutes, hours, days, months, weekdays] = FIELDS.map((field, index) =>
    [...new Set(valuesOf(field, parts[index] ?? ""))].sort((a, b) => a - b),
  );
  if (!seconds || !minutes || !hours || !days || !months || !weekdays) return undefined;
  const isAny = (index: number) => /^[*?]/.test(parts[index] ?? "");
  return {
    seconds,
    minutes,
    hours,
    days,
    months,
    weekdays,
    anyDay: isAny(3),
    anyWeekday: isAny(5),
  };
}

function wordRefusal(text: string): Refusal | undefined {
  const isKnown = WORDS.includes(text.slice(1)) || /^@every (\d+(\.\d+)?(h|m|s))+$/.test(text);
  if (isKnown && !/^@every [0.]+[hms]$/.test(text)) return undefined;
  return {
    reason: "is not a schedule that CloudNativePG knows",
    remedy: `Use ${WORDS.map((word) => `@${word}`).join(", ")}, @every 12h, or six fields`,
  };
}

/** CloudNativePG accepts five fields as well: as seconds, minutes, hours, day and month. */
function fiveFields(parts: string[]): Refusal {
  const isCron = firstWrong(FIELDS.slice(1), parts) === undefined;
  return {
    reason:
      "must have six fields: CloudNativePG reads the first of five as seconds too, and runs at other times than intended",
    remedy: isCron ? `Write "0 ${parts.join(" ")}": the seconds come first` : FORM,
  };
}

function firstWrong(fields: readonly Field[], parts: string[]): Refusal | undefined {
  const index = fields.findIndex((field, position) => !valuesOf(field, parts[position] ?? ""));
  const field = fields[index];
  if (!field) return undefined;
  const { name, least, most, names } = field;
  const isSunday = name === "day of the week" && parts[index] === "7";
  return {
    reason: `\`${parts[index] ?? ""}\` is not a valid ${name}`,
    remedy: isSunday
      ? "Write 0 or SUN for Sunday"
      : `Use *, ${least} to ${most}${names ? ` or ${names[0] ?? ""} to ${names.at(-1) ?? ""}` : ""}, ranges such as ${least}-${least + 2}, lists with commas and steps with /`,
  };
}

/** The values of a field; undefined when it is malformed. */
export function valuesOf(field: Field, text: string): number[] | undefined {
  const ranges = text.split(",").map((range) => rangeOf(field, range));
  return ranges.every((range) => range !== undefined) ? ranges.flat() : undefined;
}

function rangeOf(field: Field, text: string): number[] | undefined {
  const match = /^([^-/]+)(?:-([^-/]+))?(?:\/(\d+))?$/.exec(text);
  if (!match) return undefined;
  const [, from = "", to, step] = match;
  const isAny = from === "*" || from === "?";
  if (isAny && to !== undefined) return undefined;
  const first = isAny ? field.least : numberOf(field, from);
  // A step after a single value counts from there to the end.
  const last = to !== undefined ? numberOf(field, to) : isAny || step ? field.most : first;
  const by = step === undefined ? 1 : Number(step);
  if (first === undefined || last === undefined || first > last || by < 1) return undefined;
  return Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, i) => first + i * by);
}

function numberOf({ least, most, names }: Field, text: string): number | undefined {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return least + named;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

/** Whether no month has any of the days. A given day of the week is in every month. */
function neverComes(parts: string[]): boolean {
  const [day, month, weekday] = [3, 4, 5].map((index) => {
    const field = FIELDS[index];
    return field ? (valuesOf(field, parts[index] ?? "") ?? []) : [];
  });
  if (!/^[*?]/.test(parts[5] ?? "") && (weekday?.length ?? 0) > 0) return false;
  return !(month ?? []).some((number) =>
    (day ?? []).some((date) => date <= (DAYS[number - 1] ?? 0)),
  );
}
