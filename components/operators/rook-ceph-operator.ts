import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { PodResources } from "../pod-resources";
import { dropUndefined } from "../rules/drop-undefined";
import { refuse } from "../rules/violation";
import { installed } from "./installed";
import type { OperatorArgs } from "./operator-args";
import type { OperatorChart } from "./operator-chart";
import { createOperatorNamespace, createRelease } from "./operator-release";
import {
  csiDriversValues,
  ROOK_CEPH_NAMESPACE,
  rookCephOperatorViolations,
  rookCephValues,
} from "./rook-ceph-operator-values";
import { CEPH_CSI_DRIVERS_CHART, ROOK_CEPH_CHART, ROOK_CEPH_IMAGES } from "./versions";

/**
 * Arguments of {@link RookCephOperator}. None is required. The namespace is "rook-ceph" by default, and a part of the names
 * of the CSI drivers: **after volumes were made, another one leaves them without a driver.**
 */
export interface RookCephOperatorArgs extends OperatorArgs {
  /**
   * CPU and memory of the operator, requests and limits alike. Changing it restarts the operator only.
   *
   * @default 500m and 512Mi
   */
  resources?: PodResources;
  /**
   * Where the chart of the CSI drivers comes from. `chart` is that of the operator.
   *
   * @default - the pinned version from upstream's repository, see versions.ts
   */
  driversChart?: OperatorChart;
  /**
   * Further values of the chart of the CSI drivers. `values` are those of the operator's chart.
   *
   * @default - none
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Pulumi's schema for other languages has no unknown.
  driversValues?: Record<string, any>;
  /**
   * Pods that create, attach and grow volumes, for each driver. One leads. Changing it does not touch volumes in use.
   *
   * @default 2
   */
  driverReplicas?: number;
  /**
   * Node labels by which the drivers place volumes, such as `topology.kubernetes.io/zone`. Needed for a `databasePool` of
   * RookCeph. Changing it restarts the drivers on the nodes.
   *
   * @default - none: a volume is reachable from every node
   */
  topologyLabels?: string[];
  /**
   * The kubelet's directory on the nodes.
   *
   * @default "/var/lib/kubelet"
   */
  kubeletDirectory?: string;
  /**
   * Whether the operator may make ServiceMonitors, which a monitored RookCeph needs. The definitions of the Prometheus
   * operator must be there.
   *
   * @default false
   */
  monitoring?: boolean;
  /**
   * PriorityClass of the operators. It must exist.
   *
   * @default "system-cluster-critical": no volume is attached while they are not there
   */
  priorityClassName?: pulumi.Input<string>;
}

/**
 * The Rook operator and the CSI drivers for Ceph: what a RookCeph needs to run. It installs two charts in this order:
 * `rook-ceph` with the operator, the CSI operator and the definitions, then `ceph-csi-drivers` with the values that Rook
 * gives for it. Rook's third chart, `rook-ceph-cluster`, is not used: RookCeph declares the same as typed objects, which
 * previews show and policies judge, while what a Helm release brings is invisible to both.
 *
 * @example
 * ```typescript
 * const rook = new RookCephOperator("rook-ceph");
 * const ceph = new RookCeph("ceph", { storage: { deviceFilter: "^nvme" } }, { dependsOn: rook });
 * ```
 *
 * The chart keeps Rook's definitions when it is uninstalled, because with them go all clusters; those of the CSI operator
 * go. Destroy it after all RookCephs and everything with volumes of theirs, as `dependsOn` does.
 *
 * The operator runs once: it does not elect a leader, and storage goes on without it.
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * Upstream: https://rook.io/docs/rook/v1.20/Helm-Charts/operator-chart/ and
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
    args = dropUndefined(args);
    // Before super(), which registers the component: what is refused leaves nothing behind.
    refuse(`RookCephOperator "${name}"`, rookCephOperatorViolations(args));
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
    // Its objects are of kinds that the other chart defines.
    dependsOn: [operator],
  });
  return [operator, drivers];
}
