import type { ClusterBackupArgs } from "../../../../backup/args";
import type { BackupStore } from "../../../../backup/args/store";
import type { RecoverySourceArgs } from "../../../recovery/args";
import type { ClusterReplicaSourceArgs } from "../../args/replica";

/** The stores of a cluster: its own, that of its source, and that of the other one of a pair. */
export interface StoresOfCluster {
  backup?: Pick<ClusterBackupArgs, "store">;
  /** Only defaults are left of a malformed source. */
  source?: Partial<Pick<RecoverySourceArgs, "store">>;
  replica?: { source?: Partial<Pick<ClusterReplicaSourceArgs, "store">> } | undefined;
}

/** What else helps against stores that do not go together: a copy is recovered once, while a pair needs both all the time. */
export const OR_AFTERWARDS: Readonly<Record<string, string>> = {
  "source.store": ", or recover without backup and add it afterwards",
};

interface PlacedStore {
  path: string;
  store: BackupStore;
}

/** The stores that are set, each with its path. */
export function storesOf(cluster: StoresOfCluster): PlacedStore[] {
  const { backup } = cluster;
  return [
    ...(backup ? [{ path: "backup.store", store: backup.store }] : []),
    ...foreignStores(cluster),
  ];
}

/** Those of other clusters, which are only read: by the pods that write the cluster's own. */
export function foreignStores({ source, replica }: StoresOfCluster): PlacedStore[] {
  const other = replica?.source?.store;
  return [
    ...(source?.store ? [{ path: "source.store", store: source.store }] : []),
    ...(other ? [{ path: "replica.source.store", store: other }] : []),
  ];
}
