import { GiB, KiB, MiB, TiB } from "./quantity";

const UNITS: Readonly<Record<string, number>> = { B: 1, kB: KiB, MB: MiB, GB: GiB, TB: TiB };

/**
 * A size with a unit as PostgreSQL reads it, in bytes; undefined when it is none. `MB` is 2^20 bytes here.
 *
 * Upstream: https://www.postgresql.org/docs/current/config-setting.html#CONFIG-SETTING-NAMES-VALUES
 */
export function parsePostgresSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?) ?(B|kB|MB|GB|TB)$/.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * (UNITS[match[2] ?? ""] ?? Number.NaN);
}

/** Whole megabytes, rounded down, so that a budget holds. */
export function megabytes(bytes: number): string {
  return `${Math.floor(bytes / MiB)}MB`;
}

/** Whole kilobytes, rounded down. */
export function kilobytes(bytes: number): string {
  return `${Math.floor(bytes / KiB)}kB`;
}
