import * as pulumi from "@pulumi/pulumi";
import { guaranteed } from "../pod-resources";
import { operatorRules } from "../rules/operator-rules";
import { rookCephOperatorShape } from "../rules/rook-ceph-operator-shape";
import { rookDriversChartSource } from "../rules/rook-drivers-chart-source";
import { ruleViolations } from "../rules/rule";
import { shapeViolations } from "../rules/shape";
import type { Violation } from "../rules/violation";
import { chartImage } from "./chart-image";
import { podSpread } from "./pod-spread";
import type { RookCephOperatorArgs } from "./rook-ceph-operator";
import { ROOK_CEPH_IMAGES } from "./versions";

/** Where Rook is unless the arguments say otherwise: where upstream's documentation has it. */
export const ROOK_CEPH_NAMESPACE = "rook-ceph";

/** Everything that is wrong with the arguments of the operator. */
export function rookCephOperatorViolations(args: RookCephOperatorArgs): Violation[] {
  const malformed = shapeViolations(rookCephOperatorShape, args);
  const rules = [...operatorRules, rookDriversChartSource];
  return [...malformed, ...ruleViolations(rules, args, malformed)];
}

/**
 * Values of the chart `rook-ceph`, only those that differ from its defaults or that this package promises.
 *
 * Upstream: https://github.com/rook/rook/blob/v1.20.6/deploy/charts/rook-ceph/values.yaml
 */
export function rookCephValues(args: RookCephOperatorArgs) {
  const { resources = { cpu: "500m", memory: "512Mi" }, monitoring = false } = args;
  return {
    image: chartImage(ROOK_CEPH_IMAGES.operator, args),
    // Templated, so that an upgrade changes them; the chart keeps them, because with a definition go all clusters.
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

/** The subchart's: an operator that elects a leader. */
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
 * Values of the chart `ceph-csi-drivers`: those that Rook gives, and two replicas. The images come from the operator's
 * chart, by way of the ConfigMap that `imageSet` names.
 *
 * Upstream: https://github.com/rook/rook/blob/v1.20.6/deploy/charts/ceph-csi-drivers/values.yaml
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
          ...(kubeletDirectory !== undefined && { kubeletDirPath: kubeletDirectory }),
          ...(topologyLabels && { topology: { domainLabels: topologyLabels } }),
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
