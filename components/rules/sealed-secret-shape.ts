import { z } from "zod";
import { namespaceName, objectName } from "./formats";
import { input } from "./shape";

const values = z.record(z.string(), input(z.string()));

/** The shape of SealedSecretArgs, with the name that the Secret gets. */
export const sealedSecretShape = z.strictObject({
  namespace: input(namespaceName),
  secretName: input(objectName),
  data: values.optional(),
  certificate: input(z.string()).optional(),
  encryptedData: values.optional(),
  scope: z.enum(["strict", "namespace-wide", "cluster-wide"]).optional(),
  type: input(z.string()).optional(),
  labels: z.record(z.string(), z.string()).optional(),
});
