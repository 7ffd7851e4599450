import type { PodResources } from "../kubernetes/pod-resources";
import { parseCores } from "../formats/quantity";
import { BackupCompression, BackupMethod, BackupTarget, type ClusterBackupArgs } from "./args";
import type { SidecarResources } from "./args/sidecar";

/** The arguments of {@link ClusterBackupArgs} that have a default. */
interface BackupDefaults {
  schedule: string;
  retention: string;
  immediate: boolean;
  method: BackupMethod;
  target: BackupTarget;
  compression: BackupCompression;
  sidecarResources: SidecarResources;
}

/** Backups with every default filled in, for the rules and the objects. */
export type BackupValues = ClusterBackupArgs &
  BackupDefaults & { maxParallel: number; sidecarResources: Required<SidecarResources> };

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
  const sidecarResources = sidecarValues(args.sidecarResources);
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

/** What a sidecar may use when nobody else needs it: enough for its programs to load within a second. */
const CPU_LIMIT = "2";

/** The resources of a sidecar with every default filled in. */
export function sidecarValues(
  given: SidecarResources = BACKUP_DEFAULTS.sidecarResources,
): Required<SidecarResources> {
  const { cpu, cpuLimit } = given;
  const isMore = (parseCores(cpu) ?? 0) > (parseCores(CPU_LIMIT) ?? 0);
  return { ...given, cpuLimit: cpuLimit ?? (isMore ? cpu : CPU_LIMIT) };
}

/**
 * Each file costs Barman most of a second of CPU time, even one that does not exist yet: more in parallel than the CPU
 * allows delay each of them, and a recovery waits for the first.
 */
export function walFilesAtOnce({ cpu }: PodResources): number {
  const cores = parseCores(cpu) ?? 0;
  return Math.min(8, Math.max(2, Math.round(cores * 4)));
}
