/**
 * Recovery time objective. Times are seconds without a commit, measured under a writer with three instances and quorum
 * synchronous replication, on a control plane with the default `node-monitor-grace-period`; no acknowledged row was lost
 * in any run.
 *
 * | preset | primary pod killed | planned switchover | primary's node cut off the network |
 * |---|---|---|---|
 * | `fast` | 5-6 | 8 | 90 |
 * | `balanced` | 6-8 | 8-10 | 101-108 |
 * | `patient` | about 40, not measured | 8-10 | about 180, not measured |
 *
 * A primary that dies before it can release its lease makes its successor wait for the rest of the lease: killed with
 * `--force --grace-period=0` on a busy machine of two cores, `balanced` took 23-26 s.
 *
 * A lost node is detected by the control plane and not by PostgreSQL: with `node-monitor-grace-period` at 16 s, `fast`
 * took 26-54 s.
 *
 * A change recreates the pods one after the other; the new lease holds from then on.
 */
export const RtoPreset = {
  /** For a reliable network. A lease of 4 s and short shutdowns; a primary is updated by switchover. */
  Fast: "fast",
  /** CloudNativePG's lease of 15 s, with shutdowns limited to what clients can wait for. */
  Balanced: "balanced",
  /** For slow or unreliable networks and API servers: waits a minute for instances that may recover by themselves. */
  Patient: "patient",
} as const;

export type RtoPreset = (typeof RtoPreset)[keyof typeof RtoPreset];
