import type { Mistake } from "../refusal.ts";

const TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d{1,6})?(Z|[+-]\d{2}:\d{2})?$/;

/** What is wrong with a time to restore to, seen by itself. */
export function targetTimeMistake(text: string): Mistake | undefined {
  const [, seconds = "", zone] = TIME.exec(text) ?? [];
  const path = "--target-time";
  if (!exists(seconds)) {
    return {
      path,
      value: text,
      reason: "it is no time that there is",
      remedy: 'Write date, time and zone, such as "2026-11-21T08:00:39Z"',
    };
  }
  if (zone !== undefined) return undefined;
  return {
    path,
    value: text,
    reason: "it does not say its time zone, and what is meant may be hours away",
    remedy: `Write "${text}Z" if that is UTC, or add the zone, such as +01:00`,
  };
}

/** Not 30 February, which JavaScript takes for a day in March. */
function exists(seconds: string): boolean {
  const parsed = new Date(`${seconds}Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(seconds);
}
