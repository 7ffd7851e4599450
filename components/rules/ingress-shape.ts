import { isIP } from "node:net";
import { z } from "zod";
import { objectName } from "./formats";
import { operatorArgs } from "./operator-args-shape";
import { input, refusal } from "./shape";
import { computeSize } from "./workload-shape";

const network = z.string().refine(
  isNetwork,
  refusal({
    reason: "it is no network in CIDR notation, and the load balancer would refuse or ignore it",
    remedy: 'Write an address and a prefix length, such as "203.0.113.0/24"',
  }),
);

/** The shape of IngressArgs, as fields of the shape of each ingress controller's arguments. */
export const ingressArgs = {
  ...operatorArgs,
  replicas: z.int().min(1).max(100).optional(),
  resources: computeSize.optional(),
  serviceType: z.enum(["LoadBalancer", "NodePort", "ClusterIP"]).optional(),
  loadBalancerSourceRanges: z.array(network).min(1).optional(),
  serviceAnnotations: z.record(z.string(), input(z.string())).optional(),
  ingressClass: objectName.optional(),
  defaultIngressClass: z.boolean().optional(),
  priorityClassName: input(objectName).optional(),
};

function isNetwork(text: string): boolean {
  const [address = "", length = "", ...more] = text.split("/");
  const family = isIP(address);
  const most = family === 4 ? 32 : 128;
  return family > 0 && more.length === 0 && /^\d{1,3}$/.test(length) && Number(length) <= most;
}
