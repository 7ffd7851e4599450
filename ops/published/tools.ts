import type { Kubectl } from "./kubectl.ts";
import type { Progress } from "./progress.ts";

/** What a drill works with. */
export interface Tools {
  kubectl: Kubectl;
  progress: Progress;
  /** Aborted when the user wants the drill to end; its reason says by what. */
  signal: AbortSignal;
  /** Between two looks at what is waited for. */
  pollMs: number;
}
