import { z } from "zod";
import { objectName } from "./formats";
import { operatorArgs } from "./operator-args-shape";
import { input, refusal } from "./shape";
import { computeSize } from "./workload-shape";

/** The shape of SealedSecretsControllerArgs, for the component and for stack configuration that is handed to it. */
export const sealedSecretsControllerShape = z.strictObject({
  ...operatorArgs,
  sealingKey: z
    .strictObject({ certificate: input(z.string()), privateKey: input(z.string()) })
    .optional(),
  certificate: input(z.string()).optional(),
  keyRenewPeriod: z
    .string()
    .refine(
      (text) => /^[1-9]\d{0,4}h$/.test(text),
      refusal({
        reason: "it is no number of hours, and the controller would not start",
        remedy:
          'Write hours such as "720h", or leave it out to have no keys beside the one of this component',
      }),
    )
    .optional(),
  deletionProtection: z.boolean().optional(),
  resources: computeSize.optional(),
  priorityClassName: input(objectName).optional(),
});
