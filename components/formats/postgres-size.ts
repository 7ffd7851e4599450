import { GiB, KiB, MiB, TiB } from "./quantity";

const UNITS: Readonly<Record<string, number>> = { B: 1, kB: KiB, MB: MiB, GB: GiB, TB: TiB };

/** Bytes of the unit of a setting that is a bare number: `SELECT name, unit FROM pg_settings`. */
export const BARE_UNITS: Readonly<Record<string, number>> = {
  shared_buffers: 8 * KiB,
  work_mem: KiB,
  maintenance_work_mem: KiB,
  autovacuum_work_mem: KiB,
  max_wal_size: MiB,
  min_wal_size: MiB,
  max_slot_wal_keep_size: MiB,
  wal_keep_size: MiB,
};

/**
 * A size as PostgreSQL reads it, in bytes; undefined when it is malformed. `MB` is 2^20 bytes here. A bare number counts
 * `bareUnit`, if given.
 *
 * @see https://www.postgresql.org/docs/current/config-setting.html#CONFIG-SETTING-NAMES-VALUES
 */
export function parsePostgresSize(text: string, bareUnit?: number): number | undefined {
  if (bareUnit !== undefined && /^\d+$/.test(text)) return Number(text) * bareUnit;
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
