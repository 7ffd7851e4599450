import type { Backup } from "../published/objects.ts";

/** Facts about a base backup that does not complete. */
export interface UnfinishedBackup {
  phase: string | undefined;
  /** The other backups of its cluster. */
  others: readonly Backup[];
  /** The operator's events about it, oldest first. */
  events: readonly string[];
  /** The phase of the cluster; empty if it has none. */
  clusterPhase: string;
  /** The last error of Barman's programs. */
  barman: string | undefined;
}

const PENDING = [undefined, "", "pending"];
const TERMINAL = ["completed", "failed", "invalid backup definition"];

/** Whether an instance has started it. */
export function hasBegun(phase: string | undefined): boolean {
  return !PENDING.includes(phase);
}

/** Whether its phase is final. */
export function isOver(phase: string | undefined): boolean {
  return phase !== undefined && TERMINAL.includes(phase);
}

/** Another backup that this one must wait for: the operator takes one at a time. */
export function predecessor(others: readonly Backup[]): Backup | undefined {
  return others.find(({ status }) => hasBegun(status?.phase) && !isOver(status?.phase));
}

/** Explains why a base backup does not complete, as far as it is known. */
export function obstacleTo({
  phase,
  others,
  events,
  clusterPhase,
  barman,
}: UnfinishedBackup): string {
  const before = predecessor(others) ?? others.find(({ status }) => !isOver(status?.phase));
  if (!hasBegun(phase) && before) {
    return `waiting for the backup ${before.metadata.name}, which is ${before.status?.phase ?? ""}`;
  }
  const said = hasBegun(phase) ? (barman ?? events.at(-1)) : events.at(-1);
  if (said !== undefined) return said;
  if (hasBegun(phase)) return "its files are being read, or its last WAL waits to be archived";
  const cluster = clusterPhase === "" ? "" : `; phase of the cluster: ${clusterPhase}`;
  return `the operator has not started it${cluster}`;
}
