import type { CephBlockPoolSpec, CephClusterSpec, CephFilesystemSpec } from "../../crds/rook";
import { guaranteed } from "../../kubernetes/pod-resources";
import type { WithInputs } from "../../kubernetes/with-inputs";
import { FailureDomain, Teardown } from "./args";
import { cephStorageSpec } from "./storage-spec";
import type { RookCephValues } from "./values";

/** @see https://rook.io/docs/rook/v1.20/CRDs/Cluster/ceph-cluster-crd/ */
export function cephClusterSpec(values: RookCephValues): WithInputs<CephClusterSpec> {
  const { image, mons, storage, resources, dashboard, monitoring } = values;
  return {
    cephVersion: { image, allowUnsupported: false },
    dataDirHostPath: "/var/lib/rook",
    mon: {
      count: mons,
      allowMultiplePerNode: false,
      // Nodes without disks are replaced at any time, and the monitors' data must outlive them.
      volumeClaimTemplate: storage.volumeClaims && {
        spec: {
          storageClassName: storage.volumeClaims.storageClass,
          resources: { requests: { storage: "10Gi" } },
        },
      },
    },
    mgr: { count: 2, allowMultiplePerNode: false },
    dashboard: { enabled: dashboard, ssl: true },
    monitoring: { enabled: monitoring },
    // Linux before 7.0 cannot use the newer type of key, and no volume could be mounted.
    security: { cephx: { csi: { keyType: "aes" } } },
    ...cephConfig(values),
    ...(values.failureDomain === FailureDomain.Zone && { placement: { mon: monPlacement } }),
    resources: {
      mon: guaranteed(resources.mon),
      mgr: guaranteed(resources.mgr),
      osd: guaranteed(resources.osd),
    },
    priorityClassNames: {
      mon: "system-node-critical",
      osd: "system-node-critical",
      mgr: "system-cluster-critical",
    },
    storage: cephStorageSpec(values),
    // Allows draining one failure domain at a time, the next one once all copies are restored.
    disruptionManagement: { managePodBudgets: true, osdMaintenanceTimeout: 30 },
    cleanupPolicy: cleanupPolicy(values.teardown),
  };
}

/** Allows pools with a single copy, which Ceph by default refuses to create and warns of. */
function cephConfig({ database }: RookCephValues) {
  if (database?.replicas !== 1) return {};
  return {
    cephConfig: {
      global: { mon_allow_pool_size_one: "true", mon_warn_on_pool_no_redundancy: "false" },
    },
  };
}

/** Rook keeps the monitors on different hosts; this keeps them in different zones. */
const monPlacement = {
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "DoNotSchedule",
      labelSelector: { matchLabels: { app: "rook-ceph-mon" } },
    },
  ],
};

/** With a confirmation Rook stops managing the cluster and only waits for its deletion. */
function cleanupPolicy(teardown: Teardown): CephClusterSpec["cleanupPolicy"] {
  if (teardown === Teardown.RetainData) return { confirmation: "" };
  return {
    confirmation: "yes-really-destroy-data",
    sanitizeDisks: { method: "quick", dataSource: "zero", iteration: 1 },
    // Volumes in use prevent it.
    allowUninstallWithVolumes: false,
  };
}

/** @see https://rook.io/docs/rook/v1.20/CRDs/Block-Storage/ceph-block-pool-crd/ */
export function blockPoolSpec(values: RookCephValues): CephBlockPoolSpec {
  const { failureDomain, blockReplicas, monitoring } = values;
  return {
    failureDomain,
    replicated: { size: blockReplicas, requireSafeReplicaSize: true },
    enableRBDStats: monitoring,
  };
}

/**
 * A pool whose data stays within one host or zone. Not one pool with a single copy for all: Ceph spreads every pool over
 * all of its disks, so that one lost disk would destroy all instances of all databases at once.
 *
 * @see https://rook.io/docs/rook/v1.20/CRDs/Cluster/external-cluster/topology-for-external-mode/
 */
export function databasePoolSpec(values: RookCephValues, domain: string): CephBlockPoolSpec {
  const { failureDomain, database, monitoring } = values;
  const size = database?.replicas ?? 1;
  return {
    // The next smaller part of a zone is a host, that of a host a disk.
    failureDomain: failureDomain === FailureDomain.Zone && size > 1 ? "host" : "osd",
    crushRoot: crushName(domain),
    replicated: { size, requireSafeReplicaSize: size > 1 },
    enableRBDStats: monitoring,
  };
}

/** Ceph's name for a host or zone. */
function crushName(domain: string): string {
  return domain.replaceAll(".", "-");
}

/** @see https://rook.io/docs/rook/v1.20/CRDs/Shared-Filesystem/ceph-filesystem-crd/ */
export function filesystemSpec(values: RookCephValues): WithInputs<CephFilesystemSpec> {
  const { failureDomain, filesystemReplicas: size = 3, resources, teardown } = values;
  const pool = { failureDomain, replicated: { size, requireSafeReplicaSize: true } };
  return {
    metadataPool: pool,
    dataPools: [{ name: FILESYSTEM_DATA_POOL, ...pool }],
    preserveFilesystemOnDelete: teardown === Teardown.RetainData,
    metadataServer: {
      activeCount: 1,
      // A second one follows the active one, and takes over within seconds.
      activeStandby: true,
      resources: guaranteed(resources.mds),
      priorityClassName: "system-cluster-critical",
    },
  };
}

/** Suffix of the pool's name in Ceph, after that of the filesystem and a dash. */
export const FILESYSTEM_DATA_POOL = "replicated";
