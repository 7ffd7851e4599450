import type * as pulumi from "@pulumi/pulumi";
import type { BackupMethod } from "../../backup/args";
import type { DataDurability } from "../../postgres/cluster/args/synchronous";
import type { MonitoringArgs } from "../args";

/** The backups that a cluster is supposed to have. */
export interface MonitoredBackupArgs {
  /** The schedule of base backups, as in its ScheduledBackup: six fields, seconds first, or a word with an @. */
  schedule: string;
  /**
   * Whether the first one is taken immediately.
   *
   * @default true
   */
  immediate?: boolean;
  /**
   * The method of taking them. CloudNativePG reports no failed volume snapshots, only that the last one is too old.
   *
   * @default BackupMethod.Plugin
   */
  method?: BackupMethod;
}

/** The way in which a replica cluster follows its source. */
export interface MonitoredReplicaArgs {
  /**
   * Whether it streams from its source, instead of only reading its archive.
   *
   * @default false
   */
  streaming?: boolean;
  /**
   * Seconds by which it stays behind on purpose.
   *
   * @default 0
   */
  applyDelaySeconds?: number;
}

/** Arguments of ClusterMonitoring. */
export interface ClusterMonitoringArgs extends MonitoringArgs {
  /** Namespace of the cluster. A change replaces the monitor and the alerts. */
  namespace: pulumi.Input<string>;
  /** Name of the Cluster object, of the monitor and of the alerts. A change replaces them. */
  clusterName: string;
  /** Instances that it has when healthy. */
  instances: number;
  /**
   * Replicas that a commit waits for.
   *
   * @default 0: there are no alerts about them
   */
  synchronousReplicas?: number;
  /**
   * The handling of commits without them.
   *
   * @default DataDurability.Required: they wait
   */
  dataDurability?: DataDurability;
  /**
   * Its backups.
   *
   * @default - none, and no alerts about them
   */
  backup?: MonitoredBackupArgs;
  /**
   * The source that it follows, as a replica cluster that has not been promoted. It has no primary then, and no alert fires
   * for that.
   *
   * @default - none: it is an independent cluster
   */
  replica?: MonitoredReplicaArgs;
}
