import type * as pulumi from "@pulumi/pulumi";
import type { PodResources } from "../../kubernetes/pod-resources";
import type { OperatorArgs } from "../release/args";

/** How clients from outside reach an ingress controller. */
export const IngressServiceType = {
  LoadBalancer: "LoadBalancer",
  NodePort: "NodePort",
  ClusterIP: "ClusterIP",
} as const;
/** How clients from outside reach an ingress controller. */
export type IngressServiceType = (typeof IngressServiceType)[keyof typeof IngressServiceType];

/** How clients reach the controller unless the arguments say otherwise. */
export const DEFAULT_SERVICE_TYPE = IngressServiceType.LoadBalancer;

/** Arguments of {@link Traefik}. None is required. The namespace is "traefik" by default. */
export interface TraefikArgs extends OperatorArgs {
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
   * @default "traefik"
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
  /**
   * Whether requests over HTTP are sent on to HTTPS, permanently.
   *
   * @default true
   */
  redirectToHttps?: boolean;
  /**
   * Whether Gateways and routes of the Gateway API are served, too. Its definitions must be there before: Traefik's chart
   * does not bring them, and neither does this component, as other implementations share them.
   *
   * @default false
   */
  gatewayApi?: boolean;
}
