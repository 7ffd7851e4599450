import { rule } from "../../../contract/rule";
import { DEFAULT_SERVICE_TYPE, IngressServiceType, type TraefikArgs } from "../args";

export const ingressSourceRanges = rule({
  name: "ingress-source-ranges",
  why: "Only a load balancer looks at source ranges: anywhere else they would let everybody in.",
  *check({
    serviceType = DEFAULT_SERVICE_TYPE,
    loadBalancerSourceRanges,
  }: Pick<TraefikArgs, "serviceType" | "loadBalancerSourceRanges">) {
    if (loadBalancerSourceRanges === undefined) return;
    if (serviceType === IngressServiceType.LoadBalancer) return;
    yield {
      path: "loadBalancerSourceRanges",
      value: loadBalancerSourceRanges,
      reason: `a Service of type ${serviceType} lets everybody in all the same`,
      remedy: "Remove it and write a NetworkPolicy, or use serviceType LoadBalancer",
    };
  },
});
