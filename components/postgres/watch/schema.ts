import { z } from "zod";
import { input, type Fields } from "../../contract/schema";
import { namespaceName, objectName } from "../../formats/names";
import { computeSize, imageReference } from "../../formats/workload";
import { watchMonitoringSchema } from "../../monitoring/schema";
import { mirrorSchema } from "../../operators/release/schema";
import type { PrimaryWatchArgs } from "./args";

/** The schema of PrimaryWatchArgs. */
export const primaryWatchSchema = z.strictObject({
  namespaces: z.array(input(namespaceName)).min(1),
  namespace: namespaceName.optional(),
  afterSeconds: z.int().min(3).max(60).optional(),
  replicas: z.int().min(3).max(10).optional(),
  image: imageReference.optional(),
  resources: computeSize.optional(),
  tolerations: z.array(z.any()).optional(),
  priorityClassName: input(objectName).optional(),
  monitoring: watchMonitoringSchema.optional(),
  mirror: mirrorSchema.optional(),
} satisfies Fields<PrimaryWatchArgs>);
