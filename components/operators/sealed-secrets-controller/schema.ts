import { z } from "zod";
import { objectName } from "../../formats/names";
import { operatorArgs } from "../release/schema";
import { input, refusal, type Fields } from "../../contract/schema";
import { computeSize } from "../../formats/workload";
import type { SealedSecretsControllerArgs, SealingKeyArgs } from "./args";

/** The schema of SealedSecretsControllerArgs. */
export const sealedSecretsControllerSchema = z.strictObject({
  ...operatorArgs,
  sealingKey: z
    .strictObject({
      certificate: input(z.string()),
      privateKey: input(z.string()),
    } satisfies Fields<SealingKeyArgs>)
    .optional(),
  certificate: input(z.string()).optional(),
  keyRenewPeriod: z
    .string()
    .refine(
      (text) => /^[1-9]\d{0,4}h$/.test(text),
      refusal({
        reason: "must be a number of hours, or the controller does not start",
        remedy: 'Write hours such as "720h", or remove it to have only the key of this component',
      }),
    )
    .optional(),
  deletionProtection: z.boolean().optional(),
  resources: computeSize.optional(),
  priorityClassName: input(objectName).optional(),
} satisfies Fields<SealedSecretsControllerArgs>);
