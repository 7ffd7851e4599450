import { table } from "../table.ts";
import type { Assertion } from "./assertions.ts";
import { showDuration } from "../duration.ts";

/**
 * What came of a drill, as `--json` prints it. The form is part of the interface: fields are added, and none is renamed or
 * removed within a major version. What could not be found out is null. Times are UTC.
 */
export interface Report {
  outcome: "passed" | "failed";
  /** Why the copy could not be restored, or not be removed. Null when it is the assertions alone that count. */
  error: string | null;
  cluster: { name: string; namespace: string };
  drill: {
    /** Name of the cluster that was restored to. */
    name: string;
    startedAt: string;
    seconds: number;
    /** What became of it: `kept` by request, or `left` when it could not be deleted. */
    end: "deleted" | "kept" | "left";
  };
  /** The time that was recovered to; null for all that is in the archive. */
  targetTime: string | null;
  archive: { objectStore: string; serverName: string };
  /** The base backup that the copy was made of. */
  backup: { id: string | null; finishedAt: string | null };
  /** From the declaration of the copy until it served. */
  recoverySeconds: number | null;
  data: {
    /** The last transaction that was replayed. */
    lastTransactionAt: string | null;
    /** How old that was at the target time, or when the drill began. */
    ageSeconds: number | null;
    /** All databases. */
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

/** As people and Kubernetes write sizes: `512 B`, `31.2 MiB`. */
export function showBytes(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power] ?? ""}`;
}
