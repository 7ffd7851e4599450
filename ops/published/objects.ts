import type { ObjectStore as DeclaredObjectStore } from "../../components/crds/barman-plugin.ts";
import type {
  Backup as DeclaredBackup,
  Cluster as DeclaredCluster,
  Pooler as DeclaredPooler,
} from "../../components/crds/cloudnative-pg.ts";

/** An object as the API server gives it. */
type Live<T> = Omit<T, "metadata"> & {
  metadata: {
    name: string;
    namespace: string;
    uid?: string;
    resourceVersion?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
};

export type Cluster = Live<DeclaredCluster>;
export type ObjectStore = Live<DeclaredObjectStore>;
export type Backup = Live<DeclaredBackup>;
export type Pooler = Live<DeclaredPooler>;

/** The plugin's status of an archive. */
export type RecoveryWindow = NonNullable<
  NonNullable<ObjectStore["status"]>["serverRecoveryWindow"]
>[string];

export interface Pod {
  metadata: {
    name: string;
    uid: string;
    creationTimestamp: string;
    deletionTimestamp?: string;
    labels?: Record<string, string>;
  };
  spec?: {
    nodeName?: string;
    containers?: { name: string; image: string }[];
    imagePullSecrets?: { name: string }[];
    tolerations?: object[];
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
  restartCount?: number;
  state?: { waiting?: { reason?: string; message?: string } };
}

/** The kinds by their full names: a short one may be that of another operator. */
export const CLUSTERS = "clusters.postgresql.cnpg.io";
export const POOLERS = "poolers.postgresql.cnpg.io";
export const BACKUPS = "backups.postgresql.cnpg.io";
export const OBJECT_STORES = "objectstores.barmancloud.cnpg.io";

/** The phase of a cluster that lacks nothing. */
export const HEALTHY = "Cluster in healthy state";

/** Selects the instances of a cluster, without its Jobs and poolers. */
export function instancesOf(cluster: string): string {
  return `cnpg.io/cluster=${cluster},cnpg.io/podRole=instance`;
}

/** Whether a pod serves and is not being deleted. */
export function isReady({ metadata, status }: Pod): boolean {
  const ready = status?.conditions?.find(({ type }) => type === "Ready");
  return metadata.deletionTimestamp === undefined && ready?.status === "True";
}
