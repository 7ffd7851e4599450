import type * as pulumi from "@pulumi/pulumi";
import type { BackupMethod } from "./backup-args";

/** Which instance a base backup is taken from. */
export const BackupTarget = {
  /** The replica that is furthest ahead, or the primary if there is none. */
  PreferStandby: "prefer-standby",
  /** The primary. */
  Primary: "primary",
} as const;

export type BackupTarget = (typeof BackupTarget)[keyof typeof BackupTarget];

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
   * Which instance it is taken from.
   *
   * @default BackupTarget.PreferStandby, which spares the primary the reading
   */
  target?: BackupTarget;
  /**
   * How long it may take, as `"90m"`. A backup that fails is found out by this only: `kubectl describe backup` says why.
   *
   * @default "2h"
   */
  timeout?: string;
}
