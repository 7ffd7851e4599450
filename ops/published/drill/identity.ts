import { randomInt } from "node:crypto";
import type { Cluster } from "../objects.ts";

/** Label of all that a drill makes; its value is the name of the drill's cluster. */
export const DRILL = "ha-postgres/drill";
/** Label of a drill's cluster: the cluster that it restores. */
export const DRILL_OF = "ha-postgres/drill-of";
/** Annotation: until when the drill is known to run. It is moved on as long as it does. */
export const ALIVE_UNTIL = "ha-postgres/drill-alive-until";
/** Annotation: when the drill began. */
export const STARTED = "ha-postgres/drill-started";
/**
 * Annotation: the uid of the cluster, once it is known. Whoever copies a cluster copies its labels and annotations as well, but
 * no copy has the uid that is written in it, and so none is ever taken for a drill's own.
 */
export const OWN_UID = "ha-postgres/drill-uid";
/** Annotation of a cluster that the user wants to keep. */
export const KEPT = "ha-postgres/drill-kept";

/** Longer than a process or a network is held up, and shorter than anybody would wait for. */
const ALIVE_SECONDS = 300;

/** How often a running drill says that it runs. */
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
 * Whether a cluster was left behind by a drill that does not run any more, as one does that was killed. A time that cannot be
 * read is no proof of that.
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
