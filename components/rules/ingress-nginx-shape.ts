import { z } from "zod";
import { ingressArgs } from "./ingress-shape";

/** The shape of IngressNginxArgs. */
export const ingressNginxShape = z.strictObject({
  ...ingressArgs,
  // Whether it is there at all is what its rule is about.
  acknowledgeRetired: z.boolean().optional(),
});
