import type { Refusal } from "../../contract/schema";

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{2}:\d{2}:\d{2}(\.\d{1,6})?$/;
/** The form in which the engine passes on a timestamp of YAML 1.1. */
const FROM_YAML = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d+)?) \+0000 UTC$/;
const ZONE = /(Z|[+-]\d{2}:\d{2})$/;

/**
 * The mistake in a time to recover to; undefined for a valid one. Narrower than PostgreSQL, which reads a time without
 * a zone by its own settings, and CloudNativePG, which reads it as UTC: a recovery shows an hour's mistake only when it
 * is over.
 */
export function recoveryTimeRefusal(text: string): Refusal | undefined {
  if (FROM_YAML.test(text)) {
    return {
      reason:
        "must be in quotes in the stack's configuration: without them YAML turns it into a timestamp",
      remedy: `Write it in quotes: "${text.replace(FROM_YAML, "$1T$2Z")}"`,
    };
  }
  const normal = text.trim().replace(/^(\S+) (?=\d)/, "$1T");
  // The date ends in what could be a zone itself.
  const zone = ZONE.exec(normal.slice("2026-11-21".length))?.[0] ?? "";
  const [date = "", time = ""] = normal.slice(0, normal.length - zone.length).split("T");
  if (!DATE.test(date) || !TIME.test(time) || !exists(date, time)) {
    return {
      reason: "is not a valid time",
      remedy: 'Write date, time and zone, such as "2026-11-21T08:00:39Z"',
    };
  }
  if (zone === "") {
    return {
      reason: "must have a time zone: without one it may be hours off",
      remedy: `Write "${date}T${time}Z" if that is UTC, or add the zone, such as +01:00`,
    };
  }
  return text === normal
    ? undefined
    : {
        reason: "must have a T between date and time",
        remedy: `Write "${normal}"`,
      };
}

/** Whether a time exists, unlike 30 February or a 25th hour: JavaScript would turn the former into March. */
function exists(date: string, time: string): boolean {
  const parsed = new Date(`${date}T${time.slice(0, 8)}Z`);
  return (
    !Number.isNaN(parsed.getTime()) &&
    parsed.toISOString().startsWith(`${date}T${time.slice(0, 8)}`)
  );
}
