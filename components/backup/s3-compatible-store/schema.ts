import { z } from "zod";
import { bucketName, bucketPath } from "../../formats/buckets";
import { namespaceName, objectName } from "../../formats/names";
import { input, type Fields } from "../../contract/schema";
import { dataKey, region, secretKeySchema } from "../store-schema";
import {
  StoreChecksums,
  type S3CompatibleStoreArgs,
  type StoreCredentialsArgs,
  type StoreCredentialsSecretArgs,
} from "./args";

/** The schema of S3CompatibleStoreArgs, with the name that the Secret gets. */
export const s3CompatibleStoreSchema = z.strictObject({
  // A rule validates the address, so that a password in it is not shown.
  endpointUrl: input(z.string()),
  bucketName,
  path: bucketPath.optional(),
  region: input(region).optional(),
  caCertificate: input(z.string()).optional(),
  caSecret: secretKeySchema.optional(),
  credentials: z
    .strictObject({
      accessKeyId: input(z.string()),
      secretAccessKey: input(z.string()),
    } satisfies Fields<StoreCredentialsArgs>)
    .optional(),
  credentialsSecret: z
    .strictObject({
      name: input(objectName),
      accessKeyId: dataKey.optional(),
      secretAccessKey: dataKey.optional(),
    } satisfies Fields<StoreCredentialsSecretArgs>)
    .optional(),
  namespace: input(namespaceName).optional(),
  secretName: objectName,
  checksums: z.enum(StoreChecksums).optional(),
} satisfies Fields<S3CompatibleStoreArgs>);
