import * as pulumi from "@pulumi/pulumi";
import { guaranteed } from "../../kubernetes/pod-resources";
import { podSpread } from "../../kubernetes/pod-spread";
import { chartImage } from "../release/chart-image";
import { ROOK_CEPH_IMAGES } from "../versions";
import type { RookCephOperatorArgs } from "./args";

/**
 * Values of the chart `rook-ceph`, only those that differ from its defaults or that this package promises.
 *
 * @see https://github.com/rook/rook/blob/v1.20.6/deploy/charts/rook-ceph/values.yaml
 */
export function rookCephValues(args: RookCephOperatorArgs) {
  const { resources = { cpu: "500m", memory: "512Mi" }, monitoring = false } = args;
  return {
    image: chartImage(ROOK_CEPH_IMAGES.operator, args),
    // Templated, so that an upgrade changes them; the chart keeps them, because deleting them deletes all clusters.
    crds: { enabled: true },
    resources: guaranteed(resources),
    priorityClassName: priorityClass(args),
    csi: {
      cephcsi: chartImage(ROOK_CEPH_IMAGES.cephcsi, args),
      registrar: chartImage(ROOK_CEPH_IMAGES.registrar, args),
      provisioner: chartImage(ROOK_CEPH_IMAGES.provisioner, args),
      snapshotter: chartImage(ROOK_CEPH_IMAGES.snapshotter, args),
      attacher: chartImage(ROOK_CEPH_IMAGES.attacher, args),
      resizer: chartImage(ROOK_CEPH_IMAGES.resizer, args),
      csiAddons: chartImage(ROOK_CEPH_IMAGES.csiAddons, args),
    },
    "ceph-csi-operator": csiOperatorValues(args),
    monitoring: { enabled: monitoring },
  };
}

/** Values of the subchart, whose operator elects a leader. */
function csiOperatorValues(args: RookCephOperatorArgs) {
  return {
    controllerManager: {
      replicas: 2,
      manager: {
        image: chartImage(ROOK_CEPH_IMAGES.csiOperator, args),
        resources: guaranteed({ cpu: "100m", memory: "256Mi" }),
      },
      priorityClassName: priorityClass(args),
      topologySpreadConstraints: podSpread({ "control-plane": "ceph-csi-op-controller-manager" }, [
        "pod-template-hash",
      ]),
    },
  };
}

function priorityClass({ priorityClassName }: RookCephOperatorArgs) {
  return priorityClassName ?? "system-cluster-critical";
}

/**
 * Values of the chart `ceph-csi-drivers`: those that Rook documents, and two replicas. The images come from the operator's
 * chart, in the ConfigMap that `imageSet` names.
 *
 * @see https://github.com/rook/rook/blob/v1.20.6/deploy/charts/ceph-csi-drivers/values.yaml
 */
export function csiDriversValues(namespace: pulumi.Input<string>, args: RookCephOperatorArgs) {
  const { driverReplicas = 2, kubeletDirectory, topologyLabels } = args;
  const driver = (kind: string, enabled: boolean) => ({
    enabled,
    name: pulumi.interpolate`${namespace}.${kind}.csi.ceph.com`,
  });
  return {
    operatorConfig: {
      namespace,
      driverSpecDefaults: {
        imageSet: { name: "rook-csi-operator-image-set-configmap" },
        nodePlugin: {
          priorityClassName: "system-node-critical",
          kubeletDirPath: kubeletDirectory,
          topology: topologyLabels && { domainLabels: topologyLabels },
        },
        controllerPlugin: {
          priorityClassName: "system-cluster-critical",
          replicas: driverReplicas,
        },
      },
    },
    drivers: {
      rbd: driver("rbd", true),
      cephfs: driver("cephfs", true),
      nfs: driver("nfs", false),
      nvmeof: driver("nvmeof", false),
    },
  };
}
