import type * as pulumi from "@pulumi/pulumi";
import type { BackupMethod } from "../../backup/args";
import type { DataDurability } from "../../postgres/cluster/args/synchronous";
import type { MonitoringArgs } from "../args";

/** The backups that a cluster is supposed to have. */
export interface MonitoredBackupArgs {
  /** When base backups are taken, as in its ScheduledBackup: six fields, seconds first, or a word with an @. */
  schedule: string;
  /**
   * Whether the first one is taken at once.
   *
   * @default true
   */
  immediate?: boolean;
  /**
   * How they are taken. Of volume snapshots CloudNativePG tells no failure, only that the last one is too long ago.
   *
   * @default BackupMethod.Plugin
   */
  method?: BackupMethod;
}

/** What a replica cluster follows its source by. */
export interface MonitoredReplicaArgs {
  /**
   * Whether it streams from its source, and does not read its archive alone.
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
  /** Name of the Cluster object, and so of the monitor and the alerts. A change replaces them. */
  clusterName: string;
  /** Instances that it has when all is well. */
  instances: number;
  /**
   * Replicas that a commit waits for.
   *
   * @default 0: there are no alerts about them
   */
  synchronousReplicas?: number;
  /**
   * What happens to commits without them.
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
   * What it follows, as a replica cluster that has not been promoted. It has no primary then, and nobody is told of that.
   *
   * @default - nothing: it is a cluster of its own
   */
  replica?: MonitoredReplicaArgs;
}
