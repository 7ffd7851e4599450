import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { PodResources } from "../../kubernetes/pod-resources";
import type { WatchMonitoringArgs } from "../../monitoring/args";
import type { Mirror } from "../../operators/release/args";

/** Arguments of PrimaryWatch. */
export interface PrimaryWatchArgs {
  /**
   * Namespaces of the clusters to watch. Each must exist, and gets a Role by which the watch may read clusters and pods,
   * delete pods and write Events there. All clusters in them are watched, except replica clusters. A change restarts the
   * watchers.
   */
  namespaces: pulumi.Input<string>[];
  /**
   * Namespace of the watchers, which the component creates. It must not be one of `namespaces`: in its own the watch may
   * write Leases, and those of databases decide who is primary. A change replaces everything.
   *
   * @default - the name of the component
   */
  namespace?: string;
  /**
   * How long a primary must be silent before its pod is deleted, in seconds, from 3 to 60. Less leads to failovers at every
   * hiccup of the network, more is time in which nobody can write. A change restarts the watchers.
   *
   * @default 6: a lost node costs 20 seconds then, and longer hiccups than that are rare within a zone
   */
  afterSeconds?: number;
  /**
   * Number of watchers, at least 3: each must be on a host of its own, and those on two hosts other than the primary's have
   * to agree.
   *
   * @default 3
   */
  replicas?: number;
  /**
   * Image with Node.js 24 or later as `node`, since the program comes from a ConfigMap. A change restarts the watchers.
   *
   * @default - the official image of Node.js, see versions.ts
   */
  image?: string;
  /**
   * CPU and memory of each watcher.
   *
   * @default - 50m and 96Mi: one probe a second for each instance
   */
  resources?: PodResources;
  /**
   * Taints that the watchers tolerate, in addition to those of a lost node, which they leave at once.
   *
   * @default - none
   */
  tolerations?: pulumi.Input<k8s.types.input.core.v1.Toleration>[];
  /**
   * PriorityClass of the watchers, so that a full node evicts others first.
   *
   * @default - the default class of the Kubernetes cluster
   */
  priorityClassName?: pulumi.Input<string>;
  /**
   * A PodMonitor, and alerts for when the watch acts or cannot see. It needs the definitions of the Prometheus operator.
   *
   * @default - none
   */
  monitoring?: WatchMonitoringArgs;
  /**
   * Registries that replace the public ones.
   *
   * @default - the public ones
   */
  mirror?: Mirror;
}
