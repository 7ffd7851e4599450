import type * as pulumi from "@pulumi/pulumi";
import type { Mirror } from "../../operators/release/args";
import type { PodResources } from "../../kubernetes/pod-resources";

/** What of a cluster may fail without taking data along: each copy is in another one. */
export const FailureDomain = {
  Host: "host",
  Zone: "zone",
} as const;
/** What of a cluster may fail without taking data along: each copy is in another one. */
export type FailureDomain = (typeof FailureDomain)[keyof typeof FailureDomain];

/** What becomes of the data when the cluster is deleted. */
export const Teardown = {
  RetainData: "retain-data",
  DestroyData: "destroy-data",
} as const;
/** What becomes of the data when the cluster is deleted. */
export type Teardown = (typeof Teardown)[keyof typeof Teardown];

/** A node with disks for Ceph. */
export interface RookCephNodeArgs {
  /** The node's `kubernetes.io/hostname` label. */
  name: string;
  /**
   * Its devices, `"nvme1n1"` or `"/dev/disk/by-id/..."`. **They are overwritten.**
   *
   * @default - those that `deviceFilter` or `allDevices` choose
   */
  devices?: string[];
}

/** Volumes of another StorageClass as disks for Ceph, in a cloud. */
export interface RookCephVolumeClaimsArgs {
  /** How many, over all failure domains: each carries one storage daemon. Lowering it does not remove any. */
  count: number;
  /** Size of each with its unit, as in `"500Gi"`. */
  size: string;
  /** StorageClass of block volumes. **Changing it takes effect on new volumes only.** */
  storageClass: pulumi.Input<string>;
}

/** Which disks Ceph takes. At least one of `allDevices`, `deviceFilter`, devices of nodes and `volumeClaims` is required. */
export interface RookCephStorageArgs {
  /**
   * Whether every empty disk of the nodes is taken, **those that are plugged in later included**.
   *
   * @default false
   */
  allDevices?: boolean;
  /**
   * Regular expression over the names of the disks that are taken when they are empty: `"^nvme[1-9]"`.
   *
   * @default - none
   */
  deviceFilter?: string;
  /**
   * The only nodes whose disks are taken.
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
   * @default 3, which serves reads and writes with one copy lost and loses nothing with two
   */
  replicas?: number;
}

/**
 * Pools for databases that replicate themselves: one a failure domain, on disks of that domain only. A volume is created in
 * the domain of its pod, and only pods there can use it. It takes `topologyLabels` of the RookCephOperator.
 */
export interface RookCephDatabasePoolArgs {
  /** The failure domains, as the nodes' labels name them: zones, or hosts. */
  domains: string[];
  /**
   * Copies of all data inside a domain. With one, **each lost disk takes all volumes of its domain along**: each cluster
   * loses the instances there, and CloudNativePG makes them anew from the others.
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
   * Of each monitor.
   *
   * @default 1 core and 2Gi
   */
  mon?: PodResources;
  /**
   * Of each manager.
   *
   * @default 500m and 1Gi
   */
  mgr?: PodResources;
  /**
   * Of each storage daemon, of which there is one a disk. Ceph makes its caches fit the memory.
   *
   * @default 2 cores and 4Gi
   */
  osd?: PodResources;
  /**
   * Of each metadata server of a filesystem.
   *
   * @default 1 core and 4Gi
   */
  mds?: PodResources;
}

/** Arguments of RookCeph. */
export interface RookCephArgs {
  /** Which disks Ceph takes. **They are overwritten.** */
  storage: RookCephStorageArgs;
  /**
   * Namespace of the cluster. **Changing it replaces the cluster.**
   *
   * @default "rook-ceph", where the operator is
   */
  namespace?: pulumi.Input<string>;
  /**
   * Namespace of the operator, which the CSI drivers are named by.
   *
   * @default "rook-ceph"
   */
  operatorNamespace?: pulumi.Input<string>;
  /**
   * What may fail without taking data along. Zones are those of the nodes' labels. **It cannot be changed afterwards.**
   *
   * @default "host", which every cluster has
   */
  failureDomain?: FailureDomain;
  /**
   * How many failure domains have disks. No more copies and monitors than this can run.
   *
   * @default - the number of `storage.nodes`, or else 3
   */
  failureDomains?: number;
  /**
   * Monitors, an odd number, each on a host of its own. The cluster stops when half of them are lost.
   *
   * @default 3
   */
  mons?: number;
  /**
   * The pool for block volumes, which is always there.
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
   * @default - see each
   */
  resources?: RookCephResourcesArgs;
  /**
   * Ceph's image with its tag. **Changing it upgrades Ceph**, daemon after daemon.
   *
   * @default - the version that Rook was tested with, see versions.ts
   */
  image?: string;
  /**
   * Registries that stand in for the public ones, for the default image.
   *
   * @default - the public ones
   */
  mirror?: Mirror;
  /**
   * Whether Rook makes ServiceMonitors. The operator needs `monitoring`, too.
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
   * What becomes of the data when the cluster is deleted. **With "destroy-data" Rook stops to look after the cluster, and
   * wipes the disks once it is deleted**: set it in the update right before the one that destroys.
   *
   * @default "retain-data"
   */
  teardown?: Teardown;
}
