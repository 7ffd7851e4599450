import { z } from "zod";
import { maybe, rule } from "./rule";

export const ingressSourceRanges = rule({
  name: "ingress-source-ranges",
  why: "Only a load balancer looks at source ranges: anywhere else they would let everybody in.",
  subject: z.object({
    serviceType: maybe(z.string()),
    loadBalancerSourceRanges: maybe(z.array(z.string())),
  }),
  judge: ({ serviceType = "LoadBalancer", loadBalancerSourceRanges }) =>
    loadBalancerSourceRanges !== undefined && serviceType !== "LoadBalancer"
      ? [
          {
            path: "loadBalancerSourceRanges",
            value: loadBalancerSourceRanges,
            reason: `a Service of type ${serviceType} lets everybody in all the same`,
            remedy: "Remove it and write a NetworkPolicy, or use serviceType LoadBalancer",
          },
        ]
      : [],
});
