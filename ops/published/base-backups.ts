import type { Backup, RecoveryWindow } from "./objects.ts";
import { unarchived, type Unarchived, type WrittenWal } from "./wal.ts";

/** A complete base backup that cannot be restored because WAL is missing. */
export interface MissingWal {
  /** Name of the Backup. */
  backup: string;
  /** The WAL file in which it ends. */
  file: string;
  why: Unarchived;
}

/**
 * The base backups of an archive, oldest first. A cluster may have had other archives before: their backups are older than the
 * first of this one.
 */
export function baseBackupsOf(
  cluster: string,
  { firstRecoverabilityPoint: first }: RecoveryWindow,
  backups: readonly Backup[],
): Backup[] {
  if (first === undefined) return [];
  return backups
    .filter(({ spec, status }) => spec.cluster.name === cluster && status?.phase === "completed")
    .filter((backup) => endOf(backup) >= first)
    .sort((one, other) => (endOf(one) < endOf(other) ? -1 : 1));
}

/** The one that a recovery to this time, or to the end of the archive, begins with. */
export function firstStep(
  baseBackups: readonly Backup[],
  targetTime: string | undefined,
): Backup | undefined {
  const before = baseBackups.filter(
    (backup) => targetTime === undefined || Date.parse(endOf(backup)) <= Date.parse(targetTime),
  );
  return before.at(-1);
}

/** The WAL that a base backup needs and the archive lacks. Undefined if the archive has it, or if this is unknown. */
export function missingWal(
  { metadata, status }: Backup,
  wal: WrittenWal | undefined,
): MissingWal | undefined {
  const { endLSN, endWal = "" } = status ?? {};
  const why = endLSN === undefined || !wal ? undefined : unarchived(endLSN, wal);
  return why && { backup: metadata.name, file: endWal, why };
}

/** The earliest recoverable time of an archive, and the WAL that its last base backup lacks. */
export function recoverable(
  { firstRecoverabilityPoint: since }: RecoveryWindow,
  baseBackups: readonly Backup[],
  wal: WrittenWal | undefined,
): { since: string | undefined; missing: MissingWal | undefined } {
  const [first] = baseBackups;
  const last = baseBackups.at(-1);
  // The Backup object of the first one may have been deleted. Its WAL is then unknown.
  const isHollow = first && endOf(first) === since && missingWal(first, wal) !== undefined;
  return { since: isHollow ? undefined : since, missing: last && missingWal(last, wal) };
}

/** When a backup was complete, in the words of the API server, which sort by time. */
export function endOf({ status }: Backup): string {
  return status?.stoppedAt ?? "";
}
