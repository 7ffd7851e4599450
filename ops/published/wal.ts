import { askPod } from "./ask.ts";
import type { Kubectl } from "./kubectl.ts";
import type { Cluster } from "./objects.ts";

/** The WAL position of a primary, and the files that wait to be archived. */
export interface WrittenWal {
  /** Position of the next record. */
  end: bigint;
  /** Size of a WAL file. */
  fileBytes: bigint;
  /** Files that are ended and not archived. */
  waiting: readonly string[];
}

/** Why the WAL up to some position is not in the archive: its file has not been ended, or waits to be archived. */
export type Unarchived = "unfinished" | "waiting";

/**
 * Why the WAL up to a position is not in the archive. Undefined if it is.
 *
 * Uses the files that wait to be archived instead of pg_stat_archiver, which is empty after a failover, and whose last
 * file may be a timeline's history.
 */
export function unarchived(
  lsn: string,
  { end, fileBytes, waiting }: WrittenWal,
): Unarchived | undefined {
  // The position is that of the byte behind the last one that is needed.
  const needed = (parseLsn(lsn) - 1n) / fileBytes;
  if (needed >= end / fileBytes) return "unfinished";
  // Of any timeline: a file that was begun before a failover is ended after it, under another name.
  return waiting.some((file) => fileNumber(file, fileBytes) <= needed) ? "waiting" : undefined;
}

/** `0/6000060`, as pg_lsn is written, in bytes. */
export function parseLsn(text: string): bigint {
  const [high = "", low = ""] = text.split("/");
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}

/** A timeline of 8 digits, and a number in base 2^32 / size of a file. */
const WAL_FILE = /^[0-9A-F]{8}([0-9A-F]{8})([0-9A-F]{8})$/;

function fileNumber(file: string, fileBytes: bigint): bigint {
  const [, high = "", low = ""] = WAL_FILE.exec(file) ?? [];
  return BigInt(`0x${high}`) * (2n ** 32n / fileBytes) + BigInt(`0x${low}`);
}

const WRITTEN = `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0'),
  (SELECT setting FROM pg_settings WHERE name = 'wal_segment_size'),
  (SELECT string_agg(name, ' ') FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready')`;

/** The WAL of a cluster's primary. Undefined if it does not answer, or if the cluster follows another one. */
export async function writtenWal(
  kubectl: Kubectl,
  { metadata, status }: Cluster,
): Promise<WrittenWal | undefined> {
  const pod = status?.currentPrimary;
  if (pod === undefined || pod === "") return undefined;
  const settings = {
    default_transaction_read_only: "on",
    // The superuser must not run application functions with the names of PostgreSQL's.
    search_path: "pg_catalog",
    statement_timeout: "60s",
  };
  const ask = askPod(kubectl, { namespace: metadata.namespace, pod }, settings);
  const answer = await ask("postgres", WRITTEN);
  const [end = "", fileBytes = "", ready = ""] = ("rows" in answer ? answer.rows[0] : []) ?? [];
  if (!/^\d+$/.test(end) || !/^\d+$/.test(fileBytes)) return undefined;
  const waiting = ready.split(" ").map((name) => name.replace(/\.ready$/, ""));
  return {
    end: BigInt(end),
    fileBytes: BigInt(fileBytes),
    waiting: waiting.filter((name) => WAL_FILE.test(name)),
  };
}

/** Writes a record first, since PostgreSQL does not end an empty file. */
export const END_FILE = "SELECT pg_create_restore_point('ha-postgres'), pg_switch_wal()";

/** The command with which a user makes the primary end its WAL file. */
export function endFileCommand({ metadata, status }: Cluster, kubectl = "kubectl"): string {
  const { namespace } = metadata;
  const pod = status?.currentPrimary ?? "";
  return `${kubectl} exec ${pod} --namespace=${namespace} --container=postgres -- psql -c "${END_FILE}"`;
}
