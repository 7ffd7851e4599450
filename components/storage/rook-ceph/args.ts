import type * as pulumi from "@pulumi/pulumi";
import type { Mirror } from "../../operators/release/args";
import type { PodResources } from "../../kubernetes/pod-resources";

/** The part of a cluster that may fail without loss of data: each copy is in a different one. */
export const FailureDomain = {
  Host: "host",
  Zone: "zone",
} as const;
/** The part of a cluster that may fail without loss of data: each copy is in a different one. */
export type FailureDomain = (typeof FailureDomain)[keyof typeof FailureDomain];

/** The fate of the data when the cluster is deleted. */
export const Teardown = {
  RetainData: "retain-data",
  DestroyData: "destroy-data",
} as const;
/** The fate of the data when the cluster is deleted. */
export type Teardown = (typeof Teardown)[keyof typeof Teardown];

/** A node with disks for Ceph. */
export interface RookCephNodeArgs {
  /** The node's `kubernetes.io/hostname` label. */
  name: string;
  /**
   * Its devices, `"nvme1n1"` or `"/dev/disk/by-id/..."`. **They are overwritten.**
   *
   * @default - those that `deviceFilter` or `allDevices` selects
   */
  devices?: string[];
}

/** Volumes of another StorageClass as disks for Ceph, in a cloud. */
export interface RookCephVolumeClaimsArgs {
  /** Number of volumes, over all failure domains: each has one storage daemon. Lowering it does not remove any. */
  count: number;
  /** Size of each volume with its unit, as in `"500Gi"`. */
  size: string;
  /** StorageClass of block volumes. **Changing it takes effect on new volumes only.** */
  storageClass: pulumi.Input<string>;
}

/** The disks that Ceph uses. At least one of `allDevices`, `deviceFilter`, devices of nodes and `volumeClaims` is required. */
export interface RookCephStorageArgs {
  /**
   * Whether every empty disk of the nodes is used, **including disks added later**.
   *
   * @default false
   */
  allDevices?: boolean;
  /**
   * Regular expression over the names of the disks that are used if they are empty: `"^nvme[1-9]"`.
   *
   * @default - none
   */
  deviceFilter?: string;
  /**
   * The only nodes whose disks are used.
   *
   * @default - all nodes
   */
  nodes?: RookCephNodeArgs[];
  /**
   * Volumes of another StorageClass instead of disks.
   *
   * @default - none
   */
  volumeClaims?: RookCephVolumeClaimsArgs;
}

/** The pool for block volumes. */
export interface RookCephBlockPoolArgs {
  /**
   * Copies of all data, each in another failure domain.
   *
   * @default 3, which serves reads and writes with one copy lost, and keeps all data with two lost
   */
  replicas?: number;
}

/**
 * Pools for databases that replicate themselves: one for each failure domain, only on disks of that domain. A volume is
 * created in the domain of its pod, and only pods there can use it. It requires `topologyLabels` of the RookCephOperator.
 */
export interface RookCephDatabasePoolArgs {
  /** The failure domains, as the nodes' labels name them: zones, or hosts. */
  domains: string[];
  /**
   * Copies of all data inside a domain. With one, **each lost disk destroys all volumes of its domain**: each cluster
   * loses the instances there, and CloudNativePG recreates them from the others.
   *
   * @default 1
   */
  replicas?: number;
}

/** A shared filesystem, for volumes that many pods write. Not for databases. */
export interface RookCephFilesystemArgs {
  /**
   * Copies of all data and metadata, each in another failure domain.
   *
   * @default 3
   */
  replicas?: number;
}

/** CPU and memory of each of Ceph's pods, requests and limits alike. Changing one restarts the pods one after the other. */
export interface RookCephResourcesArgs {
  /**
   * Resources of each monitor.
   *
   * @default 1 core and 2Gi
   */
  mon?: PodResources;
  /**
   * Resources of each manager.
   *
   * @default 500m and 1Gi
   */
  mgr?: PodResources;
  /**
   * Resources of each storage daemon, one for each disk. Ceph sizes its caches to fit the memory.
   *
   * @default 2 cores and 4Gi
   */
  osd?: PodResources;
  /**
   * Resources of each metadata server of a filesystem.
   *
   * @default 1 core and 4Gi
   */
  mds?: PodResources;
}

/** Arguments of RookCeph. */
export interface RookCephArgs {
  /** The disks that Ceph uses. **They are overwritten.** */
  storage: RookCephStorageArgs;
  /**
   * Namespace of the cluster. **Changing it replaces the cluster.**
   *
   * @default "rook-ceph", the operator's namespace
   */
  namespace?: pulumi.Input<string>;
  /**
   * Namespace of the operator, after which the CSI drivers are named.
   *
   * @default "rook-ceph"
   */
  operatorNamespace?: pulumi.Input<string>;
  /**
   * The part of a cluster that may fail without loss of data. Zones are those of the nodes' labels. **It cannot be changed
   * afterwards.**
   *
   * @default "host", which every cluster has
   */
  failureDomain?: FailureDomain;
  /**
   * Number of failure domains with disks. No more copies and monitors than this can run.
   *
   * @default - the number of `storage.nodes`, or else 3
   */
  failureDomains?: number;
  /**
   * Monitors, an odd number, each on a separate host. The cluster stops when half of them are lost.
   *
   * @default 3
   */
  mons?: number;
  /**
   * The pool for block volumes, which always exists.
   *
   * @default - three copies
   */
  blockPool?: RookCephBlockPoolArgs;
  /**
   * Pools for databases that replicate themselves.
   *
   * @default - none: databases use the block pool, twice as safe and more than twice as slow
   */
  databasePool?: RookCephDatabasePoolArgs;
  /**
   * A shared filesystem.
   *
   * @default - none
   */
  filesystem?: RookCephFilesystemArgs;
  /**
   * CPU and memory of Ceph's pods.
   *
   * @default - see each field
   */
  resources?: RookCephResourcesArgs;
  /**
   * Ceph's image with its tag. **Changing it upgrades Ceph**, daemon after daemon.
   *
   * @default - the version that Rook was tested with, see versions.ts
   */
  image?: string;
  /**
   * Registries that replace the public ones, for the default image.
   *
   * @default - the public ones
   */
  mirror?: Mirror;
  /**
   * Whether Rook creates ServiceMonitors. The operator needs `monitoring`, too.
   *
   * @default false
   */
  monitoring?: boolean;
  /**
   * Whether Ceph's dashboard runs, over TLS and inside the cluster only.
   *
   * @default false
   */
  dashboard?: boolean;
  /**
   * The fate of the data when the cluster is deleted. **With "destroy-data" Rook stops managing the cluster, and wipes the
   * disks once it is deleted**: set it in the update right before the one that destroys.
   *
   * @default "retain-data"
   */
  teardown?: Teardown;
}
