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

/** Why it is not this watcher's turn. Undefined if it is. */
export function notMyTurn(
  last: Lease | undefined,
  { watcher, uid }: Claim,
  now: Date,
): string | undefined {
  if (!last) return undefined;
  const { holderIdentity, acquireTime = "" } = last.spec;
  // Its own turn that it could not finish.
  if (holderIdentity === watcher && last.metadata.annotations?.[DELETES] === uid) return undefined;
  const since = now.getTime() - Date.parse(acquireTime);
  return since < PAUSE_MS ? "a primary was deleted less than ten minutes ago" : undefined;
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
