import { rule } from "../../../contract/rule";
import type { BackupBucketArgs } from "../args";

export const backupBucketAccess = rule({
  name: "backup-bucket-access",
  why: "A cluster has one way to log in to its store.",
  *check({ role, user }: Pick<BackupBucketArgs, "role" | "user">) {
    if (!role || !user) return;
    yield {
      path: "user",
      value: "[not shown]",
      reason:
        "must not be set together with role: an access key would only be one more secret to lose",
      remedy: "Remove user, or role for a cluster that does not run on EKS",
    };
  },
});
