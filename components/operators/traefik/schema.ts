import { z } from "zod";
import { objectName } from "../../formats/names";
import { network } from "../../formats/ip-ranges";
import { operatorArgs } from "../release/schema";
import { input, type Fields } from "../../contract/schema";
import { computeSize } from "../../formats/workload";
import { IngressServiceType, type TraefikArgs } from "./args";

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
