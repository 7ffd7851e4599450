import { z } from "zod";
import { objectName } from "../formats/names";
import { input, refusal, type Fields } from "../contract/schema";
import type { AzureLogin, BackupStore, GoogleLogin, SecretKey } from "./args/store";

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

/** Of S3, of Google, and of Azure, whose other clouds Barman does not know. */
const PLACES = [
  /^s3:\/\/[a-z0-9][-a-z0-9.]{1,61}[a-z0-9](\/[^\s/#?]+)*\/?$/,
  /^gs:\/\/[a-z0-9][-_a-z0-9.]{1,220}[a-z0-9](\/[^\s/#?]+)*\/?$/,
  /^https:\/\/[a-z0-9]{3,24}\.blob\.core\.windows\.net\/[a-z0-9][-a-z0-9]{1,61}[a-z0-9](\/[^\s/#?]+)*\/?$/,
];

const destinationPath = z.string().refine(
  (text) => PLACES.some((place) => place.test(text)),
  refusal({
    reason: "must be a bucket, with or without a path in it",
    remedy:
      'Write "s3://bucket/path", "gs://bucket/path" or "https://account.blob.core.windows.net/container/path"',
  }),
);

const endpointUrl = z.string().refine(
  (text) => /^https:\/\/[^\s/:@?#]+(:\d+)?(\/[^\s/@?#]+)*\/?$/.test(text),
  refusal({
    reason: "the data of the database would cross the network unencrypted, or not arrive",
    remedy:
      'Write "https://host", "https://host:port" or "https://host/path", with endpointCa for your own authority',
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

const googleAccount = z.string().refine(
  (text) => /^[a-z0-9][-a-z0-9]*@[-a-z0-9.:]+\.gserviceaccount\.com$/.test(text),
  refusal({
    reason: "is not the address of a service account of Google",
    remedy: 'Use one such as "orders-backup@my-project.iam.gserviceaccount.com"',
  }),
);

const clientId = z.string().refine(
  (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
  refusal({
    reason: "is not the client id of an identity of Azure",
    remedy: 'Use one such as "00000000-0000-0000-0000-000000000000"',
  }),
);

/** The schema of GoogleLogin. */
const googleSchema = z.strictObject({
  applicationCredentials: secretKeySchema.optional(),
  serviceAccount: input(googleAccount).optional(),
} satisfies Fields<GoogleLogin>);

/** The schema of AzureLogin. */
const azureSchema = z.strictObject({
  connectionString: secretKeySchema.optional(),
  storageAccount: secretKeySchema.optional(),
  storageKey: secretKeySchema.optional(),
  storageSasToken: secretKeySchema.optional(),
  clientId: input(clientId).optional(),
} satisfies Fields<AzureLogin>);

/** The schema of BackupStore. */
export const backupStoreSchema = z.strictObject({
  destinationPath: input(destinationPath),
  endpointUrl: input(endpointUrl).optional(),
  endpointCa: secretKeySchema.optional(),
  region: input(region).optional(),
  accessKeyId: secretKeySchema.optional(),
  secretAccessKey: secretKeySchema.optional(),
  roleArn: input(roleArn).optional(),
  google: googleSchema.optional(),
  azure: azureSchema.optional(),
  environment: z.record(z.string(), z.string()).optional(),
} satisfies Fields<BackupStore>);
