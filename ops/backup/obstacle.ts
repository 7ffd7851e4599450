import type { Backup } from "../published/objects.ts";

/** What is known about a base backup that does not come to an end. */
export interface UnfinishedBackup {
  phase: string | undefined;
  /** The other backups of its cluster. */
  others: readonly Backup[];
  /** What the operator has said about it, oldest first. */
  events: readonly string[];
  /** How the operator calls what it is at with the cluster; empty where it says nothing. */
  clusterPhase: string;
  /** The last error of Barman's programs. */
  barman: string | undefined;
}

const PENDING = [undefined, "", "pending"];
const TERMINAL = ["completed", "failed", "invalid backup definition"];

/** Whether an instance works at it. */
export function hasBegun(phase: string | undefined): boolean {
  return !PENDING.includes(phase);
}

/** Whether nothing will happen to it any more. */
export function isOver(phase: string | undefined): boolean {
  return phase !== undefined && TERMINAL.includes(phase);
}

/** Another backup, behind which this one has to wait: the operator takes one at a time. */
export function predecessor(others: readonly Backup[]): Backup | undefined {
  return others.find(({ status }) => hasBegun(status?.phase) && !isOver(status?.phase));
}

/** Why a base backup does not come to an end, as far as anybody has said. */
export function obstacleTo({
  phase,
  others,
  events,
  clusterPhase,
  barman,
}: UnfinishedBackup): string {
  const before = predecessor(others) ?? others.find(({ status }) => !isOver(status?.phase));
  if (!hasBegun(phase) && before) {
    return `it waits for the backup ${before.metadata.name}, which is ${before.status?.phase ?? ""}`;
  }
  const said = hasBegun(phase) ? (barman ?? events.at(-1)) : events.at(-1);
  if (said !== undefined) return said;
  if (hasBegun(phase)) return "its files are being read, or its last WAL waits to be archived";
  const cluster = clusterPhase === "" ? "" : `; of the cluster it says: ${clusterPhase}`;
  return `the operator has not taken it up${cluster}`;
}
