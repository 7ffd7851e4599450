import { z } from "zod";
import { maybe, rule } from "./rule";

export const backupBucketRetention = rule({
  name: "backup-bucket-retention",
  why: "What a recovery may need is in the bucket, and can be read at once.",
  subject: z.object({
    retentionDays: z.number(),
    noncurrentDays: maybe(z.number()),
    glacier: maybe(z.object({ afterDays: maybe(z.number()), storageClass: maybe(z.string()) })),
  }),
  judge: ({ retentionDays, noncurrentDays, glacier }) => [
    ...(noncurrentDays !== undefined && noncurrentDays < retentionDays
      ? [
          {
            path: "noncurrentDays",
            value: noncurrentDays,
            reason: `a backup that is deleted by mistake would be gone for good before its ${retentionDays} days are over`,
            remedy: `Use ${retentionDays} or more, or leave it out`,
          },
        ]
      : []),
    ...(glacier?.afterDays !== undefined &&
    glacier.afterDays <= retentionDays &&
    (glacier.storageClass === "GLACIER" || glacier.storageClass === "DEEP_ARCHIVE")
      ? [
          {
            path: "glacier.afterDays",
            value: glacier.afterDays,
            reason: `a recovery within the ${retentionDays} days of retention would find backups that it cannot read at once`,
            remedy: `Use more than ${retentionDays} and the days between two base backups, or storageClass "GLACIER_IR"`,
          },
        ]
      : []),
  ],
});
