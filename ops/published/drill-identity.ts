import { randomInt } from "node:crypto";
import type { Cluster } from "./objects.ts";

/** Label of all objects of a drill. Its value is the name of the drill's cluster. */
export const DRILL = "ha-postgres/drill";
/** Label of a drill's cluster: the cluster that it restores. */
export const DRILL_OF = "ha-postgres/drill-of";
/** Annotation: the time until which the drill is known to run. A running drill extends it. */
export const ALIVE_UNTIL = "ha-postgres/drill-alive-until";
/** Annotation: when the drill began. */
export const STARTED = "ha-postgres/drill-started";
/**
 * Annotation: the uid of the cluster, set after its creation. A copy of a cluster has the same labels and annotations,
 * but another uid, so that it is never taken for a drill's own.
 */
export const OWN_UID = "ha-postgres/drill-uid";
/** Annotation of a cluster that is kept on request. */
export const KEPT = "ha-postgres/drill-kept";

/** Exceeds any stall of a process or a network. */
const ALIVE_SECONDS = 300;

/** Interval in which a running drill renews its heartbeat. */
export const HEARTBEAT_SECONDS = 30;

export function aliveUntil(now: Date): string {
  return new Date(now.getTime() + ALIVE_SECONDS * 1000).toISOString();
}

/** The operator refuses longer ones. */
const MAX_NAME = 50;
const SUFFIX = 6;
const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** A name for the drill's cluster that no cluster of the namespace has. */
export function drillName(
  cluster: string,
  taken: readonly string[],
  random = () => randomSuffix(),
): string {
  const base = cluster.slice(0, MAX_NAME - "-drill-".length - SUFFIX).replace(/-+$/, "");
  for (;;) {
    const name = `${base}-drill-${random()}`;
    if (!taken.includes(name)) return name;
  }
}

function randomSuffix(): string {
  return Array.from({ length: SUFFIX }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

/**
 * Whether a cluster was left behind by a drill that no longer runs, for example because it was killed. A time that
 * cannot be read proves nothing.
 */
export function isLeftOver(
  { name, uid, labels = {}, annotations = {} }: Cluster["metadata"],
  of: string,
  now: Date,
): boolean {
  if (labels[DRILL] !== name || labels[DRILL_OF] !== of) return false;
  if (uid === undefined || annotations[OWN_UID] !== uid) return false;
  if (annotations[KEPT] !== undefined) return false;
  const until = Date.parse(annotations[ALIVE_UNTIL] ?? "");
  return until < now.getTime();
}
