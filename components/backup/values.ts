import type { PodResources } from "../kubernetes/pod-resources";
import { parseCores } from "../formats/quantity";
import { BackupCompression, BackupMethod, BackupTarget, type ClusterBackupArgs } from "./args";

/** The arguments of {@link ClusterBackupArgs} that have a default. */
interface BackupDefaults {
  schedule: string;
  retention: string;
  immediate: boolean;
  method: BackupMethod;
  target: BackupTarget;
  compression: BackupCompression;
  sidecarResources: PodResources;
}

/** Backups with every default filled in, for the rules and the objects. */
export type BackupValues = ClusterBackupArgs & BackupDefaults & { maxParallel: number };

export const BACKUP_DEFAULTS: BackupDefaults = {
  schedule: "0 0 2 * * *",
  retention: "30d",
  immediate: true,
  method: BackupMethod.Plugin,
  // From a replica one is `completed` before it can be restored, and of an idle database it never can be.
  target: BackupTarget.Primary,
  compression: BackupCompression.Gzip,
  // With 128Mi it runs out of memory during a backup, while the cluster stays Ready.
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
 * Each file costs Barman most of a second of CPU time, even one that does not exist yet: more in parallel than the CPU
 * allows delay each of them, and a recovery waits for the first.
 */
export function walFilesAtOnce({ cpu }: PodResources): number {
  const cores = parseCores(cpu) ?? 0;
  return Math.min(8, Math.max(2, Math.round(cores * 4)));
}
