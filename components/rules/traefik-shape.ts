import { z } from "zod";
import { ingressArgs } from "./ingress-shape";

/** The shape of TraefikArgs. */
export const traefikShape = z.strictObject({
  ...ingressArgs,
  redirectToHttps: z.boolean().optional(),
  gatewayApi: z.boolean().optional(),
});
