import { z } from "zod";
import type { S3CompatibleStoreArgs } from "../../components";
import { backupBucketSchema } from "../../components/backup/bucket/schema";
import { s3CompatibleStoreSchema } from "../../components/backup/s3-compatible-store/schema";
import { backupStoreSchema } from "../../components/backup/store-schema";
import { objectName } from "../../components/formats/names";
import { leftToComponent } from "../left-to-component";

const awsS3 = backupBucketSchema.extend({
  retentionDays: backupBucketSchema.shape.retentionDays
    .optional()
    .describe(
      "Days that a database can be recovered back to. Default: the longest `backup.retention` of the databases.",
    ),
  // The program knows the namespace and the service accounts.
  role: z
    .strictObject({ oidcProviderArn: backupBucketSchema.shape.role.unwrap().shape.oidcProviderArn })
    .optional()
    .describe(
      "A role for the service accounts of all databases that use the bucket, on EKS. Either this, or `user`. Default: " +
        "none, permissions are given elsewhere.",
    ),
  user: z
    .strictObject({ secretName: objectName.optional() })
    .optional()
    .describe(
      "A user with an access key, on other clusters. Either this, or `role`. Default: none, permissions are given elsewhere.",
    ),
});

const s3Compatible = s3CompatibleStoreSchema.omit({ namespace: true }).extend({
  secretName: objectName.optional(),
  endpointUrl: leftToComponent<S3CompatibleStoreArgs["endpointUrl"]>() as z.ZodType<
    S3CompatibleStoreArgs["endpointUrl"]
  >,
  credentials: leftToComponent<S3CompatibleStoreArgs["credentials"]>(),
});

/** The store of a stack's backups. */
export const backups = z.strictObject({
  awsS3: awsS3
    .optional()
    .describe(
      "A bucket of AWS S3, which the program creates in the account and the `aws:region` of the stack.",
    ),
  s3Compatible: s3Compatible
    .optional()
    .describe(
      "A bucket of another S3 service, which must exist. Its access key is one of `credentialsSecret`, a Secret of the " +
        "namespace that exists already, and `credentials`, whose secret part is refused in plain text: `pulumi " +
        "config set --secret --path ha-postgres:backups.s3Compatible.credentials.secretAccessKey`.",
    ),
  store: backupStoreSchema
    .optional()
    .describe(
      "A store by its plain values, at Google (`google`), Azure (`azure`) or an S3 service. Its Secrets must be in every " +
        "namespace with databases.",
    ),
});

export type BackupsConfig = z.output<typeof backups>;
export type AwsS3Config = z.output<typeof awsS3>;
export type S3CompatibleConfig = z.output<typeof s3Compatible>;
