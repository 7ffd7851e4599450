import type { ClusterBackupArgs } from "../../../../backup/args";
import { rule } from "../../../../contract/rule";
import type { RecoverySourceArgs } from "../../../recovery/args";

export interface Archives {
  clusterName: string;
  backup?: Pick<ClusterBackupArgs, "store" | "generation">;
  /** Of a malformed one only defaults are left. */
  source?: Partial<Pick<RecoverySourceArgs, "store" | "serverName">>;
}

export const archivesApart = rule({
  name: "archives-apart",
  why: "A recovered cluster that archived into its source's folder would mix two histories, and neither could be recovered.",
  *check({ clusterName, backup, source }: Archives) {
    // Unless it is given, the name is new by construction.
    if (backup?.generation === undefined) return;
    const own = `${clusterName}-${backup.generation}`;
    const [target, origin] = [backup.store.destinationPath, source?.store?.destinationPath];
    if (typeof target !== "string" || typeof origin !== "string") return;
    if (own !== source?.serverName || trimmed(target) !== trimmed(origin)) return;
    yield {
      path: "backup.generation",
      value: backup.generation,
      reason: `the cluster's own archive would be ${own} in the same store, which is the one that it is recovered from`,
      remedy: "Leave it out for a new one, or give another",
    };
  },
});

/** `s3://bucket/` and `s3://bucket` are one. */
function trimmed(path: string): string {
  return path.replace(/\/+$/, "");
}
