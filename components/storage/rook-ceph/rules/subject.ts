import type { FailureDomain, RookCephStorageArgs } from "../args";

/** The values that the rules of a RookCeph compare, including the component's defaults. */
export interface RookCephLayout {
  /** Required, but missing if it was not given. */
  storage?: RookCephStorageArgs;
  failureDomain: FailureDomain;
  failureDomains: number;
  mons: number;
  blockReplicas: number;
  database?: { domains: string[] };
  filesystemReplicas?: number;
}
