import type { ClusterBackupArgs } from "../../../backup/args";
import { rule } from "../../../contract/rule";
import type { ClusterReplicaArgs } from "../args/replica";
import type { OfSomeKinds } from "./some-kinds";
import { isSamePath } from "./backup/archives-apart";
import { withoutToken } from "./without-token";

/** Of malformed arguments any may be missing. */
type Paired = OfSomeKinds<{
  clusterName: string;
  backup: Pick<ClusterBackupArgs, "generation" | "store">;
  replica: Partial<Omit<ClusterReplicaArgs, "source">> & {
    source?: Partial<ClusterReplicaArgs["source"]>;
  };
}>;

export const clusterReplica = rule({
  name: "cluster-replica",
  why: "A cluster that is demoted hands over what it wrote last, and follows another one than itself.",
  *check({ clusterName, backup, replica }: Paired, isMalformed) {
    if (!replica) return;
    const { enabled, source, promotionToken, promoteWithoutToken } = replica;
    if (!backup && !isMalformed("backup")) {
      yield {
        path: "replica",
        value: "[not shown]",
        reason:
          "needs an archive of the cluster itself: the other one gets from it what was written last",
        remedy: "Add backup, or remove it",
      };
    }
    if (enabled === true && promotionToken !== undefined) {
      yield {
        path: "replica.promotionToken",
        value: "[not shown]",
        reason: "is for the promotion, and CloudNativePG refuses it for a replica",
        remedy: "Remove it; set it together with enabled: false",
      };
    }
    const contradiction = withoutToken(promoteWithoutToken, enabled === false, promotionToken);
    if (contradiction) {
      yield {
        path: "replica.promoteWithoutToken",
        value: "[not shown]",
        ...contradiction("enabled: false"),
      };
    }
    const own = backup?.generation && `${clusterName ?? ""}-${backup.generation}`;
    const [target, origin] = [backup?.store.destinationPath, source?.store?.destinationPath];
    if (own !== undefined && source?.serverName === own && isSamePath(target, origin)) {
      yield {
        path: "replica.source.serverName",
        value: own,
        reason: "is the archive of the cluster itself, in which nothing of the other one arrives",
        remedy: "Use backupServerName of the other cluster",
      };
    }
  },
});
