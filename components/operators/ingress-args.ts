import type * as pulumi from "@pulumi/pulumi";
import type { PodResources } from "../pod-resources";
import type { OperatorArgs } from "./operator-args";

/** How clients from outside reach an ingress controller. */
export const IngressServiceType = {
  LoadBalancer: "LoadBalancer",
  NodePort: "NodePort",
  ClusterIP: "ClusterIP",
} as const;
/** How clients from outside reach an ingress controller. */
export type IngressServiceType = (typeof IngressServiceType)[keyof typeof IngressServiceType];

/** What the component of every ingress controller takes. None is required. */
export interface IngressArgs extends OperatorArgs {
  /**
   * Pods that serve. Changing it interrupts nobody.
   *
   * @default 2, which lets one node go
   */
  replicas?: number;
  /**
   * CPU and memory of each pod, requests and limits alike. Changing it replaces the pods, one after the other.
   *
   * @default 500m and 256Mi
   */
  resources?: PodResources;
  /**
   * How clients from outside reach the controller. **Changing it changes the address that they reach it at.**
   *
   * @default "LoadBalancer"
   */
  serviceType?: IngressServiceType;
  /**
   * The only networks, in CIDR notation, from which the load balancer lets clients in. Not every provider's balancer
   * minds them.
   *
   * @default - everybody
   */
  loadBalancerSourceRanges?: string[];
  /**
   * Annotations of the Service, which most providers configure their load balancers by.
   *
   * @default - none
   */
  serviceAnnotations?: Record<string, pulumi.Input<string>>;
  /**
   * Name of the IngressClass, which Ingresses choose the controller by.
   *
   * @default - the controller's own: "traefik" or "nginx"
   */
  ingressClass?: string;
  /**
   * Whether Ingresses without a class are served, too. Of two such controllers the newer class wins.
   *
   * @default false, so that nothing is exposed which does not say so
   */
  defaultIngressClass?: boolean;
  /**
   * PriorityClass of the pods. It must exist.
   *
   * @default - the cluster's default priority
   */
  priorityClassName?: pulumi.Input<string>;
}
