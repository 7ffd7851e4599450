import type { ClusterBackupArgs } from "../../../../backup/args";
import type { BackupStore } from "../../../../backup/args/store";
import type { RecoverySourceArgs } from "../../../recovery/args";

/** The stores of a cluster: its own, and that of its source. */
export interface StoresOfCluster {
  backup?: Pick<ClusterBackupArgs, "store">;
  /** Only defaults are left of a malformed source. */
  source?: Partial<Pick<RecoverySourceArgs, "store">>;
}

/** The stores that are set, each with its path. */
export function storesOf({
  backup,
  source,
}: StoresOfCluster): { path: string; store: BackupStore }[] {
  return [
    ...(backup ? [{ path: "backup.store", store: backup.store }] : []),
    ...(source?.store ? [{ path: "source.store", store: source.store }] : []),
  ];
}
