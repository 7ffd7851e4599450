import { z } from "zod";
import { objectName } from "./formats";
import { operatorArgs } from "./operator-args-shape";
import { input } from "./shape";
import { computeSize } from "./workload-shape";

/** The shape of CertManagerArgs, for the component and for stack configuration that is handed to it. */
export const certManagerShape = z.strictObject({
  ...operatorArgs,
  // One replica is fine to try things; more than five only wait for the one that leads.
  replicas: z.int().min(1).max(5).optional(),
  resources: computeSize.optional(),
  priorityClassName: input(objectName).optional(),
  startupApiCheck: z.boolean().optional(),
});
