import type * as pulumi from "@pulumi/pulumi";
import type { PodResources } from "../../kubernetes/pod-resources";
import type { OperatorArgs } from "../release/args";

/** Arguments of {@link BarmanCloudPlugin}. None is required. */
export interface BarmanCloudPluginArgs extends OperatorArgs {
  /**
   * Namespace of the plugin, which must be that of the CloudNativePG operator: the operator finds plugins by the Services
   * of its own namespace. **Changing it replaces the plugin.**
   *
   * @default "cnpg-system"
   */
  namespace?: pulumi.Input<string>;
  /**
   * Always false: the namespace is the operator's, and its component creates it.
   *
   * @default false
   */
  createNamespace?: boolean;
  /**
   * CPU and memory of the plugin's pod, requests and limits alike. Those of the sidecars in the database pods are in the
   * ObjectStore. Changing it restarts the plugin.
   *
   * @default 100m and 128Mi
   */
  resources?: PodResources;
  /**
   * PriorityClass of the plugin's pod. It must exist.
   *
   * @default - the cluster's default priority
   */
  priorityClassName?: pulumi.Input<string>;
}
