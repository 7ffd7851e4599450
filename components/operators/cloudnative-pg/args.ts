import type * as pulumi from "@pulumi/pulumi";
import type { PodResources } from "../../kubernetes/pod-resources";
import type { OperatorArgs } from "../release/args";

/** The operator's image, for a mirror. It is also the init container of every database and pooler pod. */
export interface OperatorImage {
  /**
   * Registry and path, without tag and digest.
   *
   * @default "ghcr.io/cloudnative-pg/cloudnative-pg"
   */
  repository?: string;
  /**
   * Tag of a release, which must have the chart's minor version.
   *
   * @default "1.30.1", or the chart's default when `chart.version` is given
   */
  tag?: string;
  /**
   * Digest that the tag must have: `sha256:` and 64 hexadecimal digits.
   *
   * @default - the registry decides which image the tag is
   */
  digest?: string;
}

/** When the kubelet pulls an image. */
export const ImagePullPolicy = {
  Always: "Always",
  IfNotPresent: "IfNotPresent",
  Never: "Never",
} as const;
/** When the kubelet pulls an image. */
export type ImagePullPolicy = (typeof ImagePullPolicy)[keyof typeof ImagePullPolicy];

/**
 * Arguments of {@link CloudNativePgOperator}. None is required. The namespace is "cnpg-system" by default; while it is
 * replaced, databases keep running without failover.
 */
export interface CloudNativePgOperatorArgs extends OperatorArgs {
  /**
   * Operator pods. One leads, the others take over within about 15 seconds.
   *
   * @default 2, because without an operator there is no failover
   */
  replicas?: number;
  /**
   * CPU and memory of each operator pod, requests and limits alike. Changing it restarts the operator.
   *
   * @default 250m and 256Mi: more than upstream's 100m, because a throttled operator fails over late
   */
  resources?: PodResources;
  /**
   * Seconds between two clusters when a new operator version restarts them.
   *
   * @default 60, because upstream's 0 restarts all databases at once
   */
  clustersRolloutDelay?: number;
  /**
   * Seconds between two instances of a cluster when a new operator version restarts them.
   *
   * @default 10
   */
  instancesRolloutDelay?: number;
  /**
   * Whether a new operator version replaces the instance manager in running pods instead of restarting them. The pods'
   * specification follows at their next restart. With false each database is restarted, with a switchover, at the pace
   * of the two delays.
   *
   * @default true, so that upgrading the operator interrupts no database
   */
  inplaceInstanceManagerUpdates?: boolean;
  /**
   * The only namespaces whose clusters the operator serves.
   *
   * @default - all namespaces
   */
  watchedNamespaces?: pulumi.Input<string>[];
  /**
   * PriorityClass of the operator's pods. It must exist.
   *
   * @default - the cluster's default priority
   */
  priorityClassName?: pulumi.Input<string>;
  /**
   * The operator's image, for a mirror. Changing it upgrades the operator; without `inplaceInstanceManagerUpdates` **it
   * restarts every database**, one after the other.
   *
   * @default "ghcr.io/cloudnative-pg/cloudnative-pg:1.30.1"
   */
  image?: OperatorImage;
  /**
   * When the kubelet pulls the operator's image.
   *
   * @default "IfNotPresent"
   */
  imagePullPolicy?: ImagePullPolicy;
}
