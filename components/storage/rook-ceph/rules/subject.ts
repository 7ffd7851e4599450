import type { FailureDomain, RookCephStorageArgs } from "../args";

/** What the rules of a RookCeph compare. The component's defaults are in it by then. */
export interface RookCephLayout {
  /** Required, and so missing where nobody gave it. */
  storage?: RookCephStorageArgs;
  failureDomain: FailureDomain;
  failureDomains: number;
  mons: number;
  blockReplicas: number;
  database?: { domains: string[] };
  filesystemReplicas?: number;
}
