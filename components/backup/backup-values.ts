import type { PodResources } from "../pod-resources";
import { BackupCompression, BackupMethod, type ClusterBackupArgs } from "./backup-args";

/** What of {@link ClusterBackupArgs} has a default. */
interface BackupDefaults {
  schedule: string;
  retention: string;
  immediate: boolean;
  method: BackupMethod;
  compression: BackupCompression;
  maxParallel: number;
  sidecarResources: PodResources;
}

/** Backups with every default filled in: what the rules judge and what the objects are made of. */
export type BackupValues = ClusterBackupArgs & BackupDefaults;

export const BACKUP_DEFAULTS: BackupDefaults = {
  schedule: "0 0 2 * * *",
  retention: "30d",
  immediate: true,
  method: BackupMethod.Plugin,
  compression: BackupCompression.Gzip,
  maxParallel: 4,
  // With 128Mi it is killed for want of memory in the middle of a backup, while the cluster stays Ready.
  sidecarResources: { cpu: "500m", memory: "512Mi" },
};

export function backupValues(args: ClusterBackupArgs): BackupValues {
  return { ...BACKUP_DEFAULTS, ...args };
}
