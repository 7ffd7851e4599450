import type * as pulumi from "@pulumi/pulumi";
import type { PodResources } from "../../kubernetes/pod-resources";
import type { OperatorArgs } from "../release/args";

/** The type of Service through which external clients reach an ingress controller. */
export const IngressServiceType = {
  LoadBalancer: "LoadBalancer",
  NodePort: "NodePort",
  ClusterIP: "ClusterIP",
} as const;
/** The type of Service through which external clients reach an ingress controller. */
export type IngressServiceType = (typeof IngressServiceType)[keyof typeof IngressServiceType];

/** Default type of the controller's Service. */
export const DEFAULT_SERVICE_TYPE = IngressServiceType.LoadBalancer;

/** Arguments of {@link Traefik}. None is required. The namespace is "traefik" by default. */
export interface TraefikArgs extends OperatorArgs {
  /**
   * Pods that serve. Changing it interrupts no client.
   *
   * @default 2, which tolerates the loss of a node
   */
  replicas?: number;
  /**
   * CPU and memory of each pod, requests and limits alike. Changing it replaces the pods, one after the other.
   *
   * @default 500m and 256Mi
   */
  resources?: PodResources;
  /**
   * The type of Service through which external clients reach the controller. **Changing it changes its address.**
   *
   * @default "LoadBalancer"
   */
  serviceType?: IngressServiceType;
  /**
   * The only networks, in CIDR notation, from which the load balancer allows clients. Not every provider's balancer
   * applies them.
   *
   * @default - all networks
   */
  loadBalancerSourceRanges?: string[];
  /**
   * Annotations of the Service, with which most providers configure their load balancers.
   *
   * @default - none
   */
  serviceAnnotations?: Record<string, pulumi.Input<string>>;
  /**
   * Name of the IngressClass, by which Ingresses choose the controller.
   *
   * @default "traefik"
   */
  ingressClass?: string;
  /**
   * Whether Ingresses without a class are served, too. Of two such controllers the newer class wins.
   *
   * @default false, so that no Ingress is exposed by accident
   */
  defaultIngressClass?: boolean;
  /**
   * PriorityClass of the pods. It must exist.
   *
   * @default - the cluster's default priority
   */
  priorityClassName?: pulumi.Input<string>;
  /**
   * Whether requests over HTTP are redirected to HTTPS, permanently.
   *
   * @default true
   */
  redirectToHttps?: boolean;
  /**
   * Whether Gateways and routes of the Gateway API are served, too. Its definitions must exist: neither Traefik's chart nor
   * this component installs them, because other implementations share them.
   *
   * @default false
   */
  gatewayApi?: boolean;
}
