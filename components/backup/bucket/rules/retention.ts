import { rule } from "../../../contract/rule";
import { GlacierClass, type BackupBucketArgs } from "../args";

export const backupBucketRetention = rule({
  name: "backup-bucket-retention",
  why: "Everything that a recovery may need is in the bucket and can be read at once.",
  *check({
    retentionDays,
    noncurrentDays,
    glacier,
  }: Partial<Pick<BackupBucketArgs, "retentionDays" | "noncurrentDays" | "glacier">>) {
    if (retentionDays === undefined) return;
    if (noncurrentDays !== undefined && noncurrentDays < retentionDays) {
      yield {
        path: "noncurrentDays",
        value: noncurrentDays,
        reason: `a backup deleted by mistake would be permanently lost before its ${retentionDays} days are over`,
        remedy: `Use ${retentionDays} or more, or leave it out`,
      };
    }
    if (glacier && isFetchedByHand(glacier.storageClass) && glacier.afterDays <= retentionDays) {
      yield {
        path: "glacier.afterDays",
        value: glacier.afterDays,
        reason: `a recovery within the ${retentionDays} days of retention would find backups that it cannot read at once`,
        remedy: `Use more than ${retentionDays} plus the days between two base backups, or storageClass "${GlacierClass.InstantRetrieval}"`,
      };
    }
  },
});

function isFetchedByHand(storageClass: GlacierClass | undefined): boolean {
  return (
    storageClass === GlacierClass.FlexibleRetrieval || storageClass === GlacierClass.DeepArchive
  );
}
