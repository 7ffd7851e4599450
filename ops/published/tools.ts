import type { Kubectl } from "./kubectl.ts";
import type { Progress } from "./progress.ts";

/** Dependencies of a drill. */
export interface Tools {
  kubectl: Kubectl;
  progress: Progress;
  /** Aborted if the user ends the drill. Its reason names the signal. */
  signal: AbortSignal;
  /** Interval between two polls. */
  pollMs: number;
}
