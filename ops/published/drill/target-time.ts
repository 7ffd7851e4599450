import type { Violation } from "../../../components/contract/violation.ts";

const TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d{1,6})?(Z|[+-]\d{2}:\d{2})?$/;

/** Validates the format of a target time. */
export function targetTimeViolation(text: string): Violation | undefined {
  const [, seconds = "", zone] = TIME.exec(text) ?? [];
  const path = "--target-time";
  if (!exists(seconds)) {
    return {
      path,
      value: text,
      reason: "is not a valid time",
      remedy: 'Write date, time and zone, such as "2026-11-21T08:00:39Z"',
    };
  }
  if (zone !== undefined) return undefined;
  return {
    path,
    value: text,
    reason: "must have a time zone: otherwise it may be hours off",
    remedy: `Write "${text}Z" if that is UTC, or add the zone, such as +01:00`,
  };
}

/** Rejects 30 February, which JavaScript reads as a day in March. */
function exists(seconds: string): boolean {
  const parsed = new Date(`${seconds}Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(seconds);
}
