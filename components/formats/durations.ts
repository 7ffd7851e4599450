/** Seconds of each unit of a duration as Go writes it. */
const SECONDS: ReadonlyMap<string, number> = new Map([
  ["h", 3600],
  ["m", 60],
  ["s", 1],
  ["ms", 1e-3],
  ["us", 1e-6],
  ["µs", 1e-6],
  ["ns", 1e-9],
]);

/**
 * Seconds of a duration as Go, and with it Kubernetes, writes it: `90s`, `1h30m`. Undefined if it is not a duration.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function parseDuration(text: string): number | undefined {
  const part = /(\d+(?:\.\d+)?)(ms|us|µs|ns|h|m|s)/g;
  if (text === "" || text.replace(part, "") !== "") return undefined;
  return [...text.matchAll(part)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (SECONDS.get(unit ?? "") ?? 0),
    0,
  );
}

/** Days of each unit of a retention as Barman counts. */
const DAYS: ReadonlyMap<string, number> = new Map([
  ["d", 1],
  ["w", 7],
  ["m", 31],
]);

/** Days for which Barman keeps backups: `30d`, `4w`, `6m`. Undefined if it is not a retention. */
export function retentionDays(text: string): number | undefined {
  const [, count, unit = ""] = /^([1-9]\d*)([dwm])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (DAYS.get(unit) ?? 0);
}

/** Days of an age: `90d`, `12w`. Undefined if it is not one. */
export function passwordAgeDays(text: string): number | undefined {
  return /^\d+[dw]$/.test(text) ? retentionDays(text) : undefined;
}
