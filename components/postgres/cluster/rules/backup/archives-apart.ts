import type { ClusterBackupArgs } from "../../../../backup/args";
import { rule } from "../../../../contract/rule";
import type { RecoverySourceArgs } from "../../../recovery/args";

export interface Archives {
  clusterName: string;
  backup?: Pick<ClusterBackupArgs, "store" | "generation">;
  /** Only defaults are left of a malformed source. */
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
      reason: `would archive into ${own} in the same store, the archive that the cluster is recovered from`,
      remedy: "Remove it for a new one, or use another",
    };
  },
});

/** A path for comparison: `s3://bucket/` and `s3://bucket` are the same. */
function trimmed(path: string): string {
  return path.replace(/\/+$/, "");
}
