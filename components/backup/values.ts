import type { PodResources } from "../kubernetes/pod-resources";
import { parseCores } from "../formats/quantity";
import { BackupCompression, BackupMethod, BackupTarget, type ClusterBackupArgs } from "./args";

/** What of {@link ClusterBackupArgs} has a default. */
interface BackupDefaults {
  schedule: string;
  retention: string;
  immediate: boolean;
  method: BackupMethod;
  target: BackupTarget;
  compression: BackupCompression;
  sidecarResources: PodResources;
}

/** Backups with every default filled in: what the rules judge and what the objects are made of. */
export type BackupValues = ClusterBackupArgs & BackupDefaults & { maxParallel: number };

export const BACKUP_DEFAULTS: BackupDefaults = {
  schedule: "0 0 2 * * *",
  retention: "30d",
  immediate: true,
  method: BackupMethod.Plugin,
  // From a replica one is `completed` before it can be restored, and of a database that is idle then it never can be.
  target: BackupTarget.Primary,
  compression: BackupCompression.Gzip,
  // With 128Mi it is killed for want of memory in the middle of a backup, while the cluster stays Ready.
  sidecarResources: { cpu: "500m", memory: "512Mi" },
};

export function backupValues(args: ClusterBackupArgs): BackupValues {
  const sidecarResources = args.sidecarResources ?? BACKUP_DEFAULTS.sidecarResources;
  return {
    ...args,
    schedule: args.schedule ?? BACKUP_DEFAULTS.schedule,
    retention: args.retention ?? BACKUP_DEFAULTS.retention,
    immediate: args.immediate ?? BACKUP_DEFAULTS.immediate,
    method: args.method ?? BACKUP_DEFAULTS.method,
    target: args.target ?? BACKUP_DEFAULTS.target,
    compression: args.compression ?? BACKUP_DEFAULTS.compression,
    sidecarResources,
    maxParallel: args.maxParallel ?? walFilesAtOnce(sidecarResources),
  };
}

/**
 * Each file costs Barman most of a second of a processor's time, also one that is not there yet: more at once than there is
 * processor for make each of them later, and a recovery waits for the first.
 */
export function walFilesAtOnce({ cpu }: PodResources): number {
  const cores = parseCores(cpu) ?? 0;
  return Math.min(8, Math.max(2, Math.round(cores * 4)));
}
