import { BackupMethod, type ClusterBackupArgs } from "../../../../backup/args";
import { rule } from "../../../../contract/rule";

export const backupSnapshotClass = rule({
  name: "backup-snapshot-class",
  why: "An argument without effect hides a mistake.",
  *check({ backup }: { backup?: Pick<ClusterBackupArgs, "method" | "snapshotClass"> }) {
    if (backup?.snapshotClass === undefined) return;
    if (backup.method === BackupMethod.VolumeSnapshot) return;
    yield {
      path: "backup.snapshotClass",
      value: backup.snapshotClass,
      reason: "has no effect: base backups go to the store, and no snapshot is taken",
      remedy: 'Set backup.method to "volumeSnapshot", or remove it',
    };
  },
});
