import type { ObjectStore as DeclaredObjectStore } from "../../components/crds/barman-plugin.ts";
import type {
  Backup as DeclaredBackup,
  Cluster as DeclaredCluster,
} from "../../components/crds/cloudnative-pg.ts";

/** An object as the API server gives it. */
type Live<T> = Omit<T, "metadata"> & {
  metadata: {
    name: string;
    namespace: string;
    uid?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
};

export type Cluster = Live<DeclaredCluster>;
export type ObjectStore = Live<DeclaredObjectStore>;
export type Backup = Live<DeclaredBackup>;

/** The plugin's status of an archive. */
export type RecoveryWindow = NonNullable<
  NonNullable<ObjectStore["status"]>["serverRecoveryWindow"]
>[string];

export interface Pod {
  metadata: {
    name: string;
    uid: string;
    creationTimestamp: string;
    labels?: Record<string, string>;
  };
  status?: {
    phase?: string;
    conditions?: { type: string; status: string; message?: string }[];
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
  };
}

interface ContainerStatus {
  name: string;
  state?: { waiting?: { reason?: string; message?: string } };
}

/** The kinds by their full names: a short one may be that of another operator. */
export const CLUSTERS = "clusters.postgresql.cnpg.io";
export const BACKUPS = "backups.postgresql.cnpg.io";
export const OBJECT_STORES = "objectstores.barmancloud.cnpg.io";
