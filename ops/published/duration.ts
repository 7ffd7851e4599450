const UNITS = { d: 86_400, h: 3600, m: 60, s: 1 } as const;

const DURATION = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

/** Parses `90s`, `15m` or `1h30m` to seconds. Undefined if it is not a duration, or zero. */
export function parseDuration(text: string): number | undefined {
  const [, ...parts] = DURATION.exec(text) ?? [];
  const seconds = Object.values(UNITS).map((unit, index) => unit * Number(parts[index] ?? 0));
  const sum = seconds.reduce((one, other) => one + other, 0);
  return sum > 0 && Number.isSafeInteger(sum) ? sum : undefined;
}

/** Formats a short duration to the tenth of a second, and one of a minute or more to the second: `6.4 s`, `1 min 30 s`. */
export function showBrief(seconds: number): string {
  const tenths = Math.max(0, seconds).toFixed(1);
  return Number(tenths) < UNITS.m ? `${tenths} s` : showDuration(seconds);
}

/** Formats a duration to the second: `0 s`, `1 min 30 s`, `2 h 5 min`, `3 d`. */
export function showDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const days = Math.floor(whole / UNITS.d);
  const hours = Math.floor((whole % UNITS.d) / UNITS.h);
  const minutes = Math.floor((whole % UNITS.h) / UNITS.m);
  const parts = [
    [days, "d"],
    [hours, "h"],
    [minutes, "min"],
    [whole % UNITS.m, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return "0 s";
  // At most two units: seconds do not matter in days.
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}
