import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { FailureDomain } from "./args";
import { FILESYSTEM_DATA_POOL } from "./spec";
import type { RookCephValues } from "./values";

type StorageClassInput = Omit<k8s.types.input.storage.v1.StorageClass, "metadata">;

/** Names of the pools, the filesystem and their StorageClasses. */
export function poolNames({ name, database }: RookCephValues) {
  return {
    block: `${name}-block`,
    database: `${name}-database`,
    /** One pool for each domain, all behind one StorageClass. */
    databaseOf: (domain: string) => `${name}-database-${domain.replaceAll(".", "-")}`,
    filesystem: `${name}-filesystem`,
    databaseDomains: database?.domains ?? [],
  };
}

/** The class for volumes of one pod each, with all copies. */
export function blockClass(values: RookCephValues): StorageClassInput {
  return blockVolumes(values, { pool: poolNames(values).block });
}

/** The class for volumes of databases: each in the pool of the domain that its pod runs in. */
export function databaseClass(values: RookCephValues): StorageClassInput {
  const { databaseDomains, databaseOf } = poolNames(values);
  const domainLabel = values.failureDomain === FailureDomain.Zone ? "zone" : "hostname";
  const pools = databaseDomains.map((value) => ({
    poolName: databaseOf(value),
    domainSegments: [{ domainLabel, value }],
  }));
  return blockVolumes(values, { topologyConstrainedPools: JSON.stringify(pools) });
}

/** The class for volumes that many pods write. */
export function filesystemClass(values: RookCephValues): StorageClassInput {
  const { filesystem } = poolNames(values);
  return {
    ...kept,
    provisioner: pulumi.interpolate`${values.operatorNamespace}.cephfs.csi.ceph.com`,
    // Every node reaches it, so there is nothing to wait for.
    volumeBindingMode: "Immediate",
    parameters: {
      clusterID: values.namespace,
      fsName: filesystem,
      pool: `${filesystem}-${FILESYSTEM_DATA_POOL}`,
      ...secrets(values, "rook-csi-cephfs"),
    },
  };
}

/** Unlike Rook's `Delete`, it keeps the data of a claim that is deleted by mistake; and volumes can grow. */
const kept = { reclaimPolicy: "Retain", allowVolumeExpansion: true };

function blockVolumes(
  values: RookCephValues,
  pool: Record<string, pulumi.Input<string>>,
): StorageClassInput {
  return {
    ...kept,
    provisioner: pulumi.interpolate`${values.operatorNamespace}.rbd.csi.ceph.com`,
    // Not Rook's `Immediate`: the scheduler places the pod first, by its spread and affinity.
    volumeBindingMode: "WaitForFirstConsumer",
    parameters: {
      clusterID: values.namespace,
      ...pool,
      imageFormat: "2",
      imageFeatures: "layering",
      ...secrets(values, "rook-csi-rbd"),
      "csi.storage.k8s.io/fstype": "ext4",
    },
  };
}

/** The logins that Rook creates for the drivers, in the cluster's namespace. */
function secrets({ namespace }: RookCephValues, prefix: string) {
  const of = (use: string, login: string) => ({
    [`csi.storage.k8s.io/${use}-secret-name`]: `${prefix}-${login}`,
    [`csi.storage.k8s.io/${use}-secret-namespace`]: namespace,
  });
  return {
    ...of("provisioner", "provisioner"),
    ...of("controller-expand", "provisioner"),
    ...of("controller-publish", "provisioner"),
    ...of("node-stage", "node"),
  };
}
