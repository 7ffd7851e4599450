import type * as pulumi from "@pulumi/pulumi";
import type { BackupMethod } from "../args";

/** Arguments of OnDemandBackup. */
export interface OnDemandBackupArgs {
  /** Namespace of the cluster. A change takes another backup. */
  namespace: pulumi.Input<string>;
  /**
   * Name of the cluster: `cluster.name`, with `dependsOn: [cluster]` where the same program declares it, since the name is known
   * before the cluster serves. A change takes another backup.
   */
  cluster: pulumi.Input<string>;
  /**
   * Name of the Backup object. A change takes another backup; the earlier one stays in the store until its retention is over.
   *
   * @default - the name of the component
   */
  backupName?: string;
  /**
   * The method of taking it. BackupMethod.Plugin needs `backup` of the cluster, and BackupMethod.VolumeSnapshot needs it
   * with the same method.
   *
   * @default BackupMethod.Plugin
   */
  method?: BackupMethod;
  /**
   * The time that it may take, such as `"90m"`, until its last WAL is archived. Only this timeout detects a backup that
   * fails: `kubectl describe backup` shows why.
   *
   * @default "2h"
   */
  timeout?: string;
}
