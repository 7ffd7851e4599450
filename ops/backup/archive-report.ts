import type { MissingWal } from "../published/base-backups.ts";

/** State of a cluster's archive, from the operator, the Barman Cloud plugin and the store. */
export interface Archive {
  serverName: string;
  /** Time since which WAL is not archived. @default - it is archived */
  failingSince?: string;
  /** Time of a failed base backup, if it is later than the last good one. */
  backupFailedAt?: string;
  lastBackup?: string;
  /**
   * Why the last base backup cannot be restored, and the command that makes it restorable. @default - it can be
   * restored
   */
  missing?: MissingWal & { command: string };
  /** The earliest moment that a recovery can reach. */
  recoverableSince?: string;
  /** The store's reason of the last failure. */
  reason?: string;
}

/** Table rows that show whether the data can be restored, and the reason if not. */
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

/** A recovery to the end of the archive starts with the last base backup and does not fall back to the one before. */
function missingRow({ file, why, command }: NonNullable<Archive["missing"]>): string {
  const needs = `THE LAST BASE BACKUP NEEDS ${file}, WHICH IS NOT ARCHIVED`;
  return why === "waiting"
    ? `${needs} YET: no recovery from this backup succeeds before it is`
    : `${needs}: no recovery from it succeeds before the primary ends that file, which never happens while nothing is written. End it: ${command}`;
}

/** Errors of Barman's programs in a log of the sidecar, oldest first. */
export function barmanErrors(log: string): string[] {
  return log
    .split("\n")
    .flatMap((line) => parseLine(line))
    .filter(({ logger = "" }) => logger.startsWith("barman-cloud-"))
    .sort((one, other) => ((one.ts ?? "") < (other.ts ?? "") ? -1 : 1))
    .flatMap(({ msg = "" }) => /\b(?:ERROR|CRITICAL): (.+)/.exec(msg)?.[1] ?? []);
}

interface LogLine {
  ts?: string;
  logger?: string;
  msg?: string;
}

function parseLine(line: string): LogLine[] {
  try {
    return [JSON.parse(line) as LogLine];
  } catch {
    return [];
  }
}
