import type { Lease } from "./objects.ts";

/** The uid of the pod that a watcher deletes with the turn it has taken. */
const DELETES = "ha-postgres/deletes";

/** How long nobody deletes another primary of the same cluster: whatever is wrong then is not mended by failovers. */
export const PAUSE_MS = 600_000;

/** A watcher that wants to delete a pod. */
export interface Claim {
  watcher: string;
  uid: string;
}

/** The name of the Lease that says when a primary of this cluster was deleted last, and by whom. */
export function turnName(namespace: string, cluster: string): string {
  return `turn.${namespace}.${cluster}`;
}

/** How long the watcher that has taken a turn may need to delete the pod, before another does it. */
const DELETION_MS = 10_000;

/**
 * Whose turn it is to delete a pod: `mine`, `theirs`, of another watcher that is about to do it, or `spent`, since a primary
 * of the cluster was deleted lately.
 */
export function whoseTurn(
  last: Lease | undefined,
  { watcher, uid }: Claim,
  now: Date,
): "mine" | "theirs" | "spent" {
  if (!last) return "mine";
  const { holderIdentity, acquireTime = "" } = last.spec;
  const since = now.getTime() - Date.parse(acquireTime);
  if (last.metadata.annotations?.[DELETES] === uid) {
    return holderIdentity === watcher || since > DELETION_MS ? "mine" : "theirs";
  }
  return since < PAUSE_MS ? "spent" : "mine";
}

/** The Lease with which a watcher takes its turn, in the place of the last one. */
export function turnLease(
  name: string,
  last: Lease | undefined,
  { watcher, uid }: Claim,
  now: Date,
): Lease {
  const resourceVersion = last?.metadata.resourceVersion;
  return {
    metadata: {
      name,
      annotations: { [DELETES]: uid },
      // The API server refuses it if another watcher was faster.
      ...(resourceVersion !== undefined && { resourceVersion }),
    },
    spec: { holderIdentity: watcher, acquireTime: now.toISOString().replace("Z", "000Z") },
  };
}
