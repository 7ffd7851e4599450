import { z } from "zod";
import { namespaceName, objectName } from "../../formats/names";
import { input, type Fields } from "../../contract/schema";
import { SealedSecretScope, type SealedSecretArgs } from "./args";

const values = z.record(z.string(), input(z.string()));

/** The schema of SealedSecretArgs, with the name that the Secret gets. */
export const sealedSecretSchema = z.strictObject({
  namespace: input(namespaceName),
  secretName: input(objectName),
  data: values.optional(),
  certificate: input(z.string()).optional(),
  encryptedData: values.optional(),
  scope: z.enum(SealedSecretScope).optional(),
  type: input(z.string()).optional(),
  labels: z.record(z.string(), z.string()).optional(),
} satisfies Fields<SealedSecretArgs>);
