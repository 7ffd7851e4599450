import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { installed } from "../release/installed";
import { createOperatorNamespace, createRelease } from "../release/release";
import { csiDriversValues, rookCephValues } from "./spec";
import { ROOK_CEPH_NAMESPACE, rookCephOperator } from "./values";
import { CEPH_CSI_DRIVERS_CHART, ROOK_CEPH_CHART, ROOK_CEPH_IMAGES } from "../versions";
import type { RookCephOperatorArgs } from "./args";

/**
 * The Rook operator and the CSI drivers for Ceph, which a RookCeph needs. It installs two charts in this order:
 * `rook-ceph` with the operator, the CSI operator and the definitions, then `ceph-csi-drivers` with the values that Rook
 * documents for it. Rook's third chart, `rook-ceph-cluster`, is not used: RookCeph declares the same as typed objects, which
 * previews show and policies check, while the objects of a Helm release are invisible to both.
 *
 * @example
 * ```typescript
 * const rook = new RookCephOperator("rook-ceph");
 * const ceph = new RookCeph("ceph", { storage: { deviceFilter: "^nvme" } }, { dependsOn: rook });
 * ```
 *
 * The chart keeps Rook's definitions when it is uninstalled, because deleting them deletes all clusters; those of the CSI
 * operator are deleted. Destroy it after all RookCephs and everything with volumes of theirs, as `dependsOn` does.
 *
 * The operator has one pod: it does not elect a leader, and storage works without it.
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * @see https://rook.io/docs/rook/v1.20/Helm-Charts/operator-chart/ and
 * https://rook.io/docs/rook/v1.20/Helm-Charts/csi-drivers-chart/
 */
export class RookCephOperator extends pulumi.ComponentResource {
  /** Namespace of the operators and drivers. */
  public readonly namespace: pulumi.Output<string>;
  /** Name of the operator's Helm release: the component's. That of the drivers is the same with "-drivers". */
  public readonly name: pulumi.Output<string>;
  /** Version of Rook: its image's tag, or the chart's version when that was given. */
  public readonly version: pulumi.Output<string>;
  /** Whether both charts are installed: known once the operators run. */
  public readonly ready: pulumi.Output<boolean>;

  constructor(
    name: string,
    args: RookCephOperatorArgs = {},
    opts?: pulumi.ComponentResourceOptions,
  ) {
    args = rookCephOperator.accept(name, args);
    super("ha-postgres:index:RookCephOperator", name, {}, opts);

    const { install = true, namespace = ROOK_CEPH_NAMESPACE, chart } = args;
    const releases = install ? installRook(this, name, namespace, args) : [];
    const version = chart?.version ?? ROOK_CEPH_IMAGES.operator.tag;
    const told = installed(releases, { namespace, name, version });
    this.namespace = told.namespace;
    this.name = told.name;
    this.version = told.version;
    this.ready = told.ready;
    this.registerOutputs({ ...told });
  }
}

function installRook(
  parent: RookCephOperator,
  name: string,
  namespace: pulumi.Input<string>,
  args: RookCephOperatorArgs,
): k8s.helm.v3.Release[] {
  const { createNamespace = true, chart, driversChart, mirror } = args;
  // Ceph's daemons and the drivers mount devices of the nodes.
  const home = createNamespace
    ? createOperatorNamespace(parent, name, "rook-ceph", namespace, "privileged").metadata.name
    : namespace;
  const operator = createRelease(parent, name, {
    namespace: home,
    pinned: ROOK_CEPH_CHART,
    chart,
    mirror,
    values: rookCephValues(args),
    extraValues: args.values,
    timeout: 600,
  });
  const drivers = createRelease(parent, `${name}-drivers`, {
    namespace: home,
    pinned: CEPH_CSI_DRIVERS_CHART,
    chart: driversChart,
    mirror,
    values: csiDriversValues(home, args),
    extraValues: args.driversValues,
    timeout: 600,
    // The other chart defines the kinds of its objects.
    dependsOn: [operator],
  });
  return [operator, drivers];
}
