import type { Refusal } from "../../../contract/schema";
import { FIELDS, valuesOf, type Field } from "../../../formats/cron";

/**
 * The schedules of pg_cron: the five fields of cron, an interval of seconds, or a word with an @.
 *
 * @see https://github.com/citusdata/pg_cron#cron-syntax
 */
const FORM =
  'Write minute, hour, day, month and day of the week, such as "0 3 * * *", or an interval such as "30 seconds"';

const WORDS = [
  ...["yearly", "annually", "monthly", "weekly", "daily", "midnight", "hourly"],
  // When the server starts, and so after every failover.
  "reboot",
];

/** Sunday is 0 and 7. */
const CRON_FIELDS: readonly Field[] = FIELDS.slice(1).map((field) =>
  field.name === "day of the week" ? { ...field, most: 7 } : field,
);

/** The mistake in a schedule of pg_cron; undefined for a valid one. */
export function cronJobScheduleRefusal(text: string): Refusal | undefined {
  if (text.startsWith("@")) return wordRefusal(text);
  if (/second/i.test(text)) return intervalRefusal(text);
  const parts = text.trim().split(/\s+/);
  if (parts.length === 6) {
    return {
      reason:
        "must have five fields: pg_cron has none for seconds, and would not read the last one",
      remedy: 'Remove the seconds in front, or write an interval such as "30 seconds"',
    };
  }
  if (parts.length !== CRON_FIELDS.length) {
    return { reason: `must have five fields, not ${parts.length}`, remedy: FORM };
  }
  const index = CRON_FIELDS.findIndex((field, place) => !isValid(field, parts[place] ?? ""));
  const field = CRON_FIELDS[index];
  return field && fieldRefusal(field, parts[index] ?? "");
}

function wordRefusal(text: string): Refusal | undefined {
  if (WORDS.includes(text.slice(1))) return undefined;
  return {
    reason: "is not a word that pg_cron knows",
    remedy: `Use ${WORDS.map((word) => `@${word}`).join(", ")}, or five fields`,
  };
}

function intervalRefusal(text: string): Refusal | undefined {
  const seconds = Number(/^\s*(\d+) seconds?\s*$/i.exec(text)?.[1] ?? 0);
  if (seconds >= 1 && seconds <= 59) return undefined;
  return {
    reason: "must be an interval of 1 to 59 seconds",
    remedy: 'Write "30 seconds", or five fields for a longer one: "*/5 * * * *"',
  };
}

function isValid(field: Field, text: string): boolean {
  if (field.name === "day of the month" && text === "$") return true;
  // Unlike CloudNativePG's, these have no ?, and no step without a range.
  if (text.includes("?") || text.split(",").some((range) => /^\w+\//.test(range))) return false;
  return valuesOf(field, text) !== undefined;
}

function fieldRefusal({ name, least, most, names }: Field, text: string): Refusal {
  const last = name === "day of the month" ? ", $ for the last day" : "";
  const named = names ? ` or ${names[0] ?? ""} to ${names.at(-1) ?? ""}` : "";
  return {
    reason: `\`${text}\` is not a valid ${name}`,
    remedy: `Use *, ${least} to ${most}${named}${last}, ranges such as ${least}-${least + 2}, lists with commas and steps such as */2`,
  };
}
