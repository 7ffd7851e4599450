import type { MissingWal } from "../published/base-backups.ts";

/** What the operator, the Barman Cloud plugin and the store tell of a cluster's archive. */
export interface Archive {
  serverName: string;
  /** Since when WAL does not arrive in it. @default - it does */
  failingSince?: string;
  /** When a base backup failed, if that is later than the last good one. */
  backupFailedAt?: string;
  lastBackup?: string;
  /** Why the last base backup cannot be restored, and the command by which it can. @default - it can */
  missing?: MissingWal & { command: string };
  /** The earliest moment that a recovery can reach. */
  recoverableSince?: string;
  /** Why the last thing that failed did, in the words of the store. */
  reason?: string;
}

/** Whether the data could be brought back, and why not: rows of a table. */
export function archiveRows(archive: Archive): string[][] {
  const { serverName, failingSince, backupFailedAt, lastBackup, missing, recoverableSince } =
    archive;
  const because = archive.reason === undefined ? "" : `: ${archive.reason}`;
  const backup = lastBackup === undefined ? "no base backup yet" : `last base backup ${lastBackup}`;
  return [
    [
      "archive",
      serverName,
      failingSince === undefined ? "WAL arrives" : `NO WAL ARRIVES since ${failingSince}${because}`,
    ],
    [
      "recovery",
      recoverableSince === undefined ? "not possible" : `since ${recoverableSince}`,
      backup,
    ],
    ...(missing === undefined ? [] : [["", "", missingRow(missing)]]),
    ...(backupFailedAt === undefined
      ? []
      : [["", "", `THE BASE BACKUP FAILED at ${backupFailedAt}${because}`]]),
  ];
}

/** A recovery to the end of the archive begins with the last base backup, and there is no falling back to the one before. */
function missingRow({ file, why, command }: NonNullable<Archive["missing"]>): string {
  const needs = `THE LAST BASE BACKUP NEEDS ${file}, WHICH IS NOT ARCHIVED`;
  return why === "waiting"
    ? `${needs} YET: it waits for that, and no recovery from this backup succeeds before`
    : `${needs}: no recovery from it succeeds before the primary ends that file, which it never does while nothing is written. End it: ${command}`;
}

/** What Barman's programs have said to be an error in a log of the sidecar, oldest first. */
export function barmanErrors(log: string): string[] {
  return log
    .split("\n")
    .flatMap((line) => parsed(line))
    .filter(({ logger = "" }) => logger.startsWith("barman-cloud-"))
    .sort((one, other) => ((one.ts ?? "") < (other.ts ?? "") ? -1 : 1))
    .flatMap(({ msg = "" }) => /\b(?:ERROR|CRITICAL): (.+)/.exec(msg)?.[1] ?? []);
}

interface LogLine {
  ts?: string;
  logger?: string;
  msg?: string;
}

function parsed(line: string): LogLine[] {
  try {
    return [JSON.parse(line) as LogLine];
  } catch {
    return [];
  }
}
