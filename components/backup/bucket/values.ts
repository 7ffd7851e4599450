import { contract } from "../../contract/contract";
import type { BackupBucketArgs } from "./args";
import { backupBucketAccess } from "./rules/access";
import { backupBucketName } from "./rules/name";
import { backupBucketRetention } from "./rules/retention";
import { backupBucketSchema } from "./schema";

export interface BackupBucketValues extends BackupBucketArgs {
  /** An example of the bucket's name without a `bucketName`. */
  generatedName: string;
}

/** The contract of BackupBucket. */
export const backupBucket = contract<BackupBucketArgs, BackupBucketValues>({
  component: "BackupBucket",
  schema: backupBucketSchema,
  rules: [backupBucketRetention, backupBucketAccess, backupBucketName],
  named: (args, name) => ({
    ...args,
    ...(args.user && { user: { ...args.user, secretName: args.user.secretName ?? name } }),
  }),
  // Pulumi puts a dash and seven digits behind the resource's name.
  fill: (args, name) => ({ ...args, generatedName: `${name}-bucket-0123456` }),
});
