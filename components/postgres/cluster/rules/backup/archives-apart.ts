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
    if (own !== source?.serverName || !isSamePath(target, origin)) return;
    yield {
      path: "backup.generation",
      value: backup.generation,
      reason: `would archive into ${own} in the same store, the archive that the cluster is recovered from`,
      remedy: "Remove it for a new one, or use another",
    };
  },
});

/** Returns whether two paths are the same, `s3://bucket/` and `s3://bucket` among them; of those that are known later only, if it is one value. */
export function isSamePath(one: unknown, other: unknown): boolean {
  if (one !== undefined && one === other) return true;
  return typeof one === "string" && typeof other === "string" && trimmed(one) === trimmed(other);
}

function trimmed(path: string): string {
  return path.replace(/\/+$/, "");
}
