import type { ClusterBackupArgs } from "../../../../backup/args";
import type { BackupStore } from "../../../../backup/args/store";
import type { RecoverySourceArgs } from "../../../recovery/args";

/** The stores of a cluster: its own, and the one that it comes from. */
export interface StoresOfCluster {
  backup?: Pick<ClusterBackupArgs, "store">;
  /** Of a malformed one only defaults are left. */
  source?: Partial<Pick<RecoverySourceArgs, "store">>;
}

/** The stores that there are, each with its path. */
export function storesOf({
  backup,
  source,
}: StoresOfCluster): { path: string; store: BackupStore }[] {
  return [
    ...(backup ? [{ path: "backup.store", store: backup.store }] : []),
    ...(source?.store ? [{ path: "source.store", store: source.store }] : []),
  ];
}
