import type * as pulumi from "@pulumi/pulumi";
import type { PodResources } from "../../kubernetes/pod-resources";
import type { OperatorArgs } from "../release/args";

/** Arguments of {@link CertManager}. None is required. The namespace is "cert-manager" by default. */
export interface CertManagerArgs extends OperatorArgs {
  /**
   * Pods each of the controller, the webhook and the CA injector. One controller and one injector lead; all webhooks serve.
   *
   * @default 2, because while no webhook answers, Kubernetes refuses every Certificate and Issuer
   */
  replicas?: number;
  /**
   * CPU and memory of each of these pods, requests and limits alike. The CA injector keeps every Secret of the cluster in
   * memory, so a cluster with thousands of them needs more. Changing it restarts them.
   *
   * @default 100m and 256Mi
   */
  resources?: PodResources;
  /**
   * PriorityClass of the pods. It must exist.
   *
   * @default - the cluster's default priority
   */
  priorityClassName?: pulumi.Input<string>;
  /**
   * Whether the installation waits until the webhook accepts a Certificate, with a Job of the chart. Without it a
   * Certificate that is created right afterwards can fail with "failed calling webhook". Set it to false if the image of
   * that Job is not available.
   *
   * @default true
   */
  startupApiCheck?: boolean;
}
