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
   * How it is taken. The cluster needs `backup` for BackupMethod.Plugin, and there with the same method for
   * BackupMethod.VolumeSnapshot.
   *
   * @default BackupMethod.Plugin
   */
  method?: BackupMethod;
  /**
   * How long it may take, as `"90m"`, until its last WAL is archived. A backup that fails is found out by this only:
   * `kubectl describe backup` says why.
   *
   * @default "2h"
   */
  timeout?: string;
}
