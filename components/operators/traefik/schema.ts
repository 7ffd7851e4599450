import { isIP } from "node:net";
import { z } from "zod";
import { objectName } from "../../formats/names";
import { operatorArgs } from "../release/schema";
import { input, refusal, type Fields } from "../../contract/schema";
import { computeSize } from "../../formats/workload";
import { IngressServiceType, type TraefikArgs } from "./args";

const network = z.string().refine(
  isNetwork,
  refusal({
    reason: "must be a network in CIDR notation, or the load balancer refuses or ignores it",
    remedy: 'Write an address and a prefix length, such as "203.0.113.0/24"',
  }),
);

/** The schema of TraefikArgs. */
export const traefikSchema = z.strictObject({
  ...operatorArgs,
  replicas: z.int().min(1).max(100).optional(),
  resources: computeSize.optional(),
  serviceType: z.enum(IngressServiceType).optional(),
  loadBalancerSourceRanges: z.array(network).min(1).optional(),
  serviceAnnotations: z.record(z.string(), input(z.string())).optional(),
  ingressClass: objectName.optional(),
  defaultIngressClass: z.boolean().optional(),
  priorityClassName: input(objectName).optional(),
  redirectToHttps: z.boolean().optional(),
  gatewayApi: z.boolean().optional(),
} satisfies Fields<TraefikArgs>);

function isNetwork(text: string): boolean {
  const [address = "", length = "", ...more] = text.split("/");
  const family = isIP(address);
  const most = family === 4 ? 32 : 128;
  return family > 0 && more.length === 0 && /^\d{1,3}$/.test(length) && Number(length) <= most;
}
