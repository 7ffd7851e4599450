import type { CephClusterSpec } from "../../crds/rook";
import { guaranteed } from "../../kubernetes/pod-resources";
import type { WithInputs } from "../../kubernetes/with-inputs";
import { FailureDomain, type RookCephVolumeClaimsArgs } from "./args";
import type { RookCephValues } from "./values";

type StorageSpec = WithInputs<NonNullable<CephClusterSpec["storage"]>>;

/** The disks that Ceph uses: those of the nodes, or volumes of another StorageClass. */
export function cephStorageSpec(values: RookCephValues): StorageSpec {
  const { allDevices = false, deviceFilter, nodes, volumeClaims } = values.storage;
  if (volumeClaims) {
    return {
      useAllNodes: false,
      useAllDevices: false,
      storageClassDeviceSets: [deviceSet(values, volumeClaims)],
    };
  }
  return {
    useAllNodes: nodes === undefined,
    useAllDevices: allDevices,
    deviceFilter,
    nodes: nodes?.map(({ name, devices }) => ({
      name,
      devices: devices?.map((device) => ({ name: device })),
    })),
  };
}

function deviceSet(
  { failureDomain, resources }: RookCephValues,
  { count, size, storageClass }: RookCephVolumeClaimsArgs,
) {
  return {
    name: "volumes",
    count,
    // Within its zone a cloud's volume moves with its daemon. Copies on different hosts must not move together.
    portable: failureDomain === FailureDomain.Zone,
    placement: { topologySpreadConstraints: spread(failureDomain, "rook-ceph-osd") },
    // The pod that prepares the volume decides in which zone it is created.
    preparePlacement: { topologySpreadConstraints: spread(failureDomain, "rook-ceph-osd-prepare") },
    resources: guaranteed(resources.osd),
    volumeClaimTemplates: [
      {
        metadata: { name: "data" },
        spec: {
          accessModes: ["ReadWriteOnce"],
          volumeMode: "Block",
          storageClassName: storageClass,
          resources: { requests: { storage: size } },
        },
      },
    ],
  };
}

function spread(failureDomain: FailureDomain, app: string) {
  const over = (topologyKey: string, whenUnsatisfiable: string) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable,
    labelSelector: { matchLabels: { app } },
  });
  return failureDomain === FailureDomain.Zone
    ? [
        over("topology.kubernetes.io/zone", "DoNotSchedule"),
        over("kubernetes.io/hostname", "ScheduleAnyway"),
      ]
    : [over("kubernetes.io/hostname", "DoNotSchedule")];
}
