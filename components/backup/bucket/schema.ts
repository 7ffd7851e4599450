import { z } from "zod";
import { awsBucketName, bucketPath } from "../../formats/buckets";
import { namespaceName, objectName } from "../../formats/names";
import { input, refusal, type Fields } from "../../contract/schema";
import {
  GlacierClass,
  ObjectLockMode,
  type BackupBucketArgs,
  type BackupBucketGlacierArgs,
  type BackupBucketLockArgs,
  type BackupBucketRoleArgs,
  type BackupBucketServiceAccountsArgs,
  type BackupBucketUserArgs,
} from "./args";

const days = z.int().min(1).max(36500);

const oidcProviderArn = z.string().refine(
  (text) => /^arn:aws[-a-z]*:iam::\d{12}:oidc-provider\/[^\s*]+$/.test(text),
  refusal({
    reason: "is not the ARN of an OpenID Connect provider in IAM",
    remedy:
      'Use one such as "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF"',
  }),
);

const kmsKeyArn = z.string().refine(
  (text) => /^arn:aws[-a-z]*:kms:[-a-z0-9]+:\d{12}:key\/[-a-z0-9]+$/.test(text),
  refusal({
    reason: "is not a key that a permission can name",
    remedy: "Use the ARN of the key itself, with `:key/` in it, and not of an alias",
  }),
);

const serviceAccount = z.string().refine(
  (text) => /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(text),
  refusal({
    reason: "is not a valid service account, and with a wildcard others could assume the role",
    remedy: "Use the names of the PostgreSQL clusters",
  }),
);

const serviceAccounts = {
  namespace: input(namespaceName),
  serviceAccounts: z.array(serviceAccount).min(1),
};

/** The schema of BackupBucketArgs, with the name that the Secret gets. */
export const backupBucketSchema = z.strictObject({
  retentionDays: days,
  bucketName: awsBucketName.optional(),
  path: bucketPath.optional(),
  kmsKeyArn: input(kmsKeyArn).optional(),
  noncurrentDays: days.optional(),
  objectLock: z
    .strictObject({
      days,
      mode: z.enum(ObjectLockMode).optional(),
    } satisfies Fields<BackupBucketLockArgs>)
    .optional(),
  glacier: z
    .strictObject({
      afterDays: days,
      storageClass: z.enum(GlacierClass).optional(),
    } satisfies Fields<BackupBucketGlacierArgs>)
    .optional(),
  role: z
    .strictObject({
      oidcProviderArn: input(oidcProviderArn),
      ...serviceAccounts,
      elsewhere: z
        .array(z.strictObject(serviceAccounts satisfies Fields<BackupBucketServiceAccountsArgs>))
        .optional(),
    } satisfies Fields<BackupBucketRoleArgs>)
    .optional(),
  user: z
    .strictObject({
      namespace: input(namespaceName),
      secretName: objectName,
      elsewhere: z.array(input(namespaceName)).optional(),
    } satisfies Fields<BackupBucketUserArgs>)
    .optional(),
  tags: z.record(z.string(), z.string()).optional(),
  deletionProtection: z.boolean().optional(),
} satisfies Fields<BackupBucketArgs>);
