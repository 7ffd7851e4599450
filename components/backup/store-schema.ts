import { z } from "zod";
import { objectName } from "../formats/names";
import { input, refusal, type Fields } from "../contract/schema";
import type { BackupStore, SecretKey } from "./args/store";

/** A key in a Secret. */
export const dataKey = z.string().refine(
  (text) => /^[-._a-zA-Z0-9]{1,253}$/.test(text),
  refusal({
    reason: "is not a valid key of a Secret",
    remedy: "Use letters, digits, dashes, dots and underscores",
  }),
);

/** The schema of SecretKey. */
export const secretKeySchema = z.strictObject({
  name: input(objectName),
  key: dataKey,
} satisfies Fields<SecretKey>);

const destinationPath = z.string().refine(
  (text) => /^s3:\/\/[a-z0-9][-a-z0-9.]{1,61}[a-z0-9](\/[^\s/#?]+)*\/?$/.test(text),
  refusal({
    reason: "must be a bucket, with or without a path in it",
    remedy: 'Write "s3://bucket" or "s3://bucket/path"',
  }),
);

const endpointUrl = z.string().refine(
  (text) => /^https:\/\/[^\s/:@]+(:\d+)?\/?$/.test(text),
  refusal({
    reason: "the data of the database would cross the network unencrypted, or not arrive",
    remedy: 'Write "https://host" or "https://host:port", with endpointCa for your own authority',
  }),
);

const roleArn = z.string().refine(
  (text) => /^arn:aws[-a-z]*:iam::\d{12}:role\/\S+$/.test(text),
  refusal({
    reason: "is not the ARN of a role of AWS",
    remedy: 'Use one such as "arn:aws:iam::123456789012:role/orders-backup"',
  }),
);

export const region = z
  .string()
  .refine(
    (text) => /^[a-zA-Z0-9][-a-zA-Z0-9]*$/.test(text),
    refusal({ reason: "is not a valid region", remedy: 'Write its name, such as "eu-central-1"' }),
  );

/** The schema of BackupStore. */
export const backupStoreSchema = z.strictObject({
  destinationPath: input(destinationPath),
  endpointUrl: input(endpointUrl).optional(),
  endpointCa: secretKeySchema.optional(),
  region: input(region).optional(),
  accessKeyId: secretKeySchema.optional(),
  secretAccessKey: secretKeySchema.optional(),
  roleArn: input(roleArn).optional(),
  environment: z.record(z.string(), z.string()).optional(),
} satisfies Fields<BackupStore>);
