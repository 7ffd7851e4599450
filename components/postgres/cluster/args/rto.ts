/**
 * Recovery time objective. A change recreates the pods one after the other; the new lease holds from then on.
 *
 * Seconds without a commit for a client that stays connected, with three instances, quorum synchronous replication and
 * without backups, on a control plane with the default `node-monitor-grace-period` of 50 s; no acknowledged row was lost
 * in any run. Four runs of `balanced` (two of the cut node) on a busy machine of two cores:
 *
 * | fault of the primary | `balanced` |
 * |---|---|
 * | pod deleted by force | 6-9 |
 * | pod deleted | 4-6 |
 * | container killed | 3-15 |
 * | postmaster killed | 5-10 |
 * | switchover | 6-8 |
 * | node drained | 4-5 |
 * | node cut off, and with it the operator's leader | 55-64 |
 *
 * `fast` has the same delays but for a lease of 4 s, and updates the primary by switchover. `patient` takes about 40 s,
 * and 180 s for a lost node: an estimate.
 *
 * What the short times cost: sessions are cut at once when a primary is stopped or switched, since it does not wait for
 * its clients; and a node that the control plane takes for lost by mistake costs one failover.
 */
export const RtoPreset = {
  /** For a reliable network: a lease of 4 s, short shutdowns, and a primary that is updated by switchover. */
  Fast: "fast",
  /** A lease of 5 s, no wait for clients, and no wait for a node that is silent. */
  Balanced: "balanced",
  /** For slow or unreliable networks and API servers: waits a minute for instances that may recover by themselves. */
  Patient: "patient",
} as const;

export type RtoPreset = (typeof RtoPreset)[keyof typeof RtoPreset];
