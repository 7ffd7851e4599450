import { z } from "zod";
import { bucketName, bucketPath } from "./bucket-formats";
import { namespaceName, objectName } from "./formats";
import { input, refusal } from "./shape";

const endpointUrl = z
  .string()
  .refine((text) => !text.startsWith("http://"), {
    ...refusal({
      reason: "the data of the database would cross the network in the clear",
      remedy:
        "Use https://, with caCertificate or caSecret for an authority that the image does not trust",
    }),
    abort: true,
  })
  .refine(
    (text) => /^https:\/\/[^\s/:@?#]+(:\d+)?\/?$/.test(text),
    refusal({
      reason: "it is no address of a service",
      remedy:
        'Give "https://host" or "https://host:port"; bucket, path and credentials are arguments of their own',
    }),
  );

const dataKey = z.string().refine(
  (text) => /^[-._a-zA-Z0-9]{1,253}$/.test(text),
  refusal({
    reason: "no Secret can have that key",
    remedy: "Use letters, digits, dashes, dots and underscores",
  }),
);

const region = z
  .string()
  .refine(
    (text) => /^[a-zA-Z0-9][-a-zA-Z0-9]*$/.test(text),
    refusal({ reason: "it is no region", remedy: 'Write its name, such as "eu-central-1"' }),
  );

/** The shape of S3CompatibleStoreArgs, with the name that the Secret gets. */
export const s3CompatibleStoreShape = z.strictObject({
  endpointUrl: input(endpointUrl),
  bucketName,
  path: bucketPath.optional(),
  region: input(region).optional(),
  caCertificate: input(z.string()).optional(),
  caSecret: z.strictObject({ name: input(objectName), key: dataKey }).optional(),
  credentials: z
    .strictObject({ accessKeyId: input(z.string()), secretAccessKey: input(z.string()) })
    .optional(),
  credentialsSecret: z
    .strictObject({
      name: input(objectName),
      accessKeyId: dataKey.optional(),
      secretAccessKey: dataKey.optional(),
    })
    .optional(),
  namespace: input(namespaceName).optional(),
  secretName: objectName,
  checksums: z.enum(["when_required", "when_supported"]).optional(),
});
