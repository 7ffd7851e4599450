import { rule } from "../../../contract/rule";
import { DEFAULT_SERVICE_TYPE, IngressServiceType, type TraefikArgs } from "../args";

export const ingressSourceRanges = rule({
  name: "ingress-source-ranges",
  why: "Only a load balancer applies source ranges: other Services would allow every client.",
  *check({
    serviceType = DEFAULT_SERVICE_TYPE,
    loadBalancerSourceRanges,
  }: Pick<TraefikArgs, "serviceType" | "loadBalancerSourceRanges">) {
    if (loadBalancerSourceRanges === undefined) return;
    if (serviceType === IngressServiceType.LoadBalancer) return;
    yield {
      path: "loadBalancerSourceRanges",
      value: loadBalancerSourceRanges,
      reason: `has no effect: a Service of type ${serviceType} allows every client`,
      remedy: "Remove it and write a NetworkPolicy, or use serviceType LoadBalancer",
    };
  },
});
