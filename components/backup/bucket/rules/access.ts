import { rule } from "../../../contract/rule";
import type { BackupBucketArgs } from "../args";

export const backupBucketAccess = rule({
  name: "backup-bucket-access",
  why: "A cluster logs in to its store in one way.",
  *check({ role, user }: Pick<BackupBucketArgs, "role" | "user">) {
    if (!role || !user) return;
    yield {
      path: "user",
      value: "[not shown]",
      reason:
        "there is a role already, and an access key beside it would only be one more thing to lose",
      remedy: "Remove user, or role for a cluster that does not run on EKS",
    };
  },
});
