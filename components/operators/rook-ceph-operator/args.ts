import type * as pulumi from "@pulumi/pulumi";
import type { PodResources } from "../../kubernetes/pod-resources";
import type { OperatorArgs } from "../release/args";
import type { OperatorChart } from "../release/args";

/**
 * Arguments of {@link RookCephOperator}. None is required. The namespace is "rook-ceph" by default, and part of the names
 * of the CSI drivers: **changing it leaves existing volumes without a driver.**
 */
export interface RookCephOperatorArgs extends OperatorArgs {
  /**
   * CPU and memory of the operator, requests and limits alike. Changing it restarts the operator only.
   *
   * @default 500m and 512Mi
   */
  resources?: PodResources;
  /**
   * The source of the chart of the CSI drivers. `chart` is that of the operator.
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
   * Whether the operator may create ServiceMonitors, which a monitored RookCeph needs. The definitions of the Prometheus
   * operator must exist.
   *
   * @default false
   */
  monitoring?: boolean;
  /**
   * PriorityClass of the operators. It must exist.
   *
   * @default "system-cluster-critical": no volume can be attached while they are down
   */
  priorityClassName?: pulumi.Input<string>;
}
