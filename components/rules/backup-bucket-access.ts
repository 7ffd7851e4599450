import { z } from "zod";
import { rule } from "./rule";

export const backupBucketAccess = rule({
  name: "backup-bucket-access",
  why: "A cluster logs in to its store in one way.",
  subject: z.object({ role: z.unknown().optional(), user: z.unknown().optional() }),
  judge: ({ role, user }) =>
    role === undefined || user === undefined
      ? []
      : [
          {
            path: "user",
            value: "[not shown]",
            reason:
              "there is a role already, and an access key beside it would only be one more thing to lose",
            remedy: "Remove user, or role for a cluster that does not run on EKS",
          },
        ],
});
