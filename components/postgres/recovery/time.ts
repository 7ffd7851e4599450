import type { Refusal } from "../../contract/schema";

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{2}:\d{2}:\d{2}(\.\d{1,6})?$/;
/** How the engine hands on what YAML 1.1 takes for a timestamp. */
const FROM_YAML = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d+)?) \+0000 UTC$/;
const ZONE = /(Z|[+-]\d{2}:\d{2})$/;

/**
 * What is wrong with a time to recover to, or undefined. Narrower than PostgreSQL, which reads a time without a zone by its own
 * settings, and CloudNativePG, which reads it as UTC: an hour's mistake in a recovery is found out when it is over.
 */
export function recoveryTimeRefusal(text: string): Refusal | undefined {
  if (FROM_YAML.test(text)) {
    return {
      reason:
        "it stood in the stack's configuration without quotes, and YAML has made a timestamp of it",
      remedy: `Put it in quotes: "${text.replace(FROM_YAML, "$1T$2Z")}"`,
    };
  }
  const normal = text.trim().replace(/^(\S+) (?=\d)/, "$1T");
  // The date ends in what could be a zone itself.
  const zone = ZONE.exec(normal.slice("2026-11-21".length))?.[0] ?? "";
  const [date = "", time = ""] = normal.slice(0, normal.length - zone.length).split("T");
  if (!DATE.test(date) || !TIME.test(time) || !exists(date, time)) {
    return {
      reason: "it is no time that there is",
      remedy: 'Write date, time and zone, such as "2026-11-21T08:00:39Z"',
    };
  }
  if (zone === "") {
    return {
      reason: "it does not say its time zone, and what is meant may be hours away",
      remedy: `Write "${date}T${time}Z" if that is UTC, or add the zone, such as +01:00`,
    };
  }
  return text === normal
    ? undefined
    : {
        reason: "between date and time is a T",
        remedy: `Write "${normal}"`,
      };
}

/** Neither 30 February nor a 25th hour: JavaScript would take the first and turn it into March. */
function exists(date: string, time: string): boolean {
  const parsed = new Date(`${date}T${time.slice(0, 8)}Z`);
  return (
    !Number.isNaN(parsed.getTime()) &&
    parsed.toISOString().startsWith(`${date}T${time.slice(0, 8)}`)
  );
}
