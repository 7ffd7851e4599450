import { showBytes } from "../bytes.ts";
import { table } from "../table.ts";
import type { Assertion } from "./assertions.ts";
import { showDuration } from "../duration.ts";

/**
 * Result of a drill, as `--json` prints it. The format is a public interface: within a major version fields are added,
 * and none is renamed or removed. Unknown values are null. Times are UTC.
 */
export interface Report {
  outcome: "passed" | "failed";
  /** Why the copy could not be restored or removed. Null if only the assertions decide. */
  error: string | null;
  cluster: { name: string; namespace: string };
  drill: {
    /** Name of the cluster that was restored to. */
    name: string;
    startedAt: string;
    seconds: number;
    /** State of the cluster at the end: `kept` by request, or `left` if it could not be deleted. */
    end: "deleted" | "kept" | "left";
  };
  /** The target time of the recovery. Null means everything in the archive. */
  targetTime: string | null;
  archive: { objectStore: string; serverName: string };
  /** The base backup that was restored. */
  backup: { id: string | null; finishedAt: string | null };
  /** Time from the creation of the copy until it served. */
  recoverySeconds: number | null;
  data: {
    /** The last transaction that was replayed. */
    lastTransactionAt: string | null;
    /** Its age at the target time, or at the start of the drill. */
    ageSeconds: number | null;
    /** Size of all databases. */
    bytes: number | null;
  };
  /** The source at the time of the drill. */
  source: { serves: boolean; lastArchivedAt: string | null };
  assertions: Assertion[];
  /** The last lines of the recovery's log when it has failed. */
  log: string[];
}

export function reportJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

export function reportText(report: Report): string {
  const { cluster, outcome, error, assertions, log } = report;
  const results = assertions.map(({ status, name, why }) => [status, name, why]);
  return [
    `Restore drill of ${cluster.name} in ${cluster.namespace}: ${outcome}`,
    ...(error === null ? [] : [error]),
    "",
    table(facts(report)),
    ...(results.length === 0 ? [] : ["", table([["RESULT", "ASSERTION", "WHY"], ...results])]),
    ...(log.length === 0 ? [] : ["", "The log of the recovery ends with:", ...log]),
    "",
  ].join("\n");
}

function facts({ targetTime, backup, recoverySeconds, data, drill }: Report): string[][] {
  const { lastTransactionAt, ageSeconds, bytes } = data;
  const age = ageSeconds === null ? UNKNOWN : showDuration(ageSeconds);
  const ends = { deleted: "deleted", kept: "kept", left: "left behind" };
  return [
    ["base backup", backup.id ?? UNKNOWN, withPrefix("finished ", backup.finishedAt)],
    ["recovered to", targetTime ?? "the end of the archive", ""],
    ["recovery time", recoverySeconds === null ? UNKNOWN : showDuration(recoverySeconds), ""],
    ["data age", age, withPrefix("last transaction ", lastTransactionAt)],
    ["size", bytes === null ? UNKNOWN : showBytes(bytes), ""],
    ["drill cluster", drill.name, ends[drill.end]],
  ];
}

const UNKNOWN = "unknown";

function withPrefix(prefix: string, value: string | null): string {
  return value === null ? "" : `${prefix}${value}`;
}
