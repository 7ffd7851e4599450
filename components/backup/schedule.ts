import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { BackupSpec, ScheduledBackupSpec } from "../crds/cloudnative-pg";
import type { WithInputs } from "../kubernetes/with-inputs";
import { type ClusterArchive } from "./archive";
import { BackupMethod } from "./args";
import type { BackupValues } from "./values";
import { BARMAN_CLOUD } from "../upstream/cloudnative-pg";

/** The request for a base backup. Its method is explicit: the default is one that CloudNativePG 1.31 no longer has. */
export function backupRequest(
  cluster: pulumi.Input<string>,
  method: BackupMethod,
): Pick<WithInputs<BackupSpec>, "cluster" | "method" | "pluginConfiguration"> {
  return {
    cluster: { name: cluster },
    method,
    ...(method === BackupMethod.Plugin && { pluginConfiguration: { name: BARMAN_CLOUD } }),
  };
}

/** @see https://cloudnative-pg.io/docs/1.30/backup#scheduled-backups */
export function scheduledBackupSpec(
  clusterName: string,
  { schedule, immediate, method }: BackupValues,
): WithInputs<ScheduledBackupSpec> {
  return {
    ...backupRequest(clusterName, method),
    schedule,
    immediate,
    // Not the schedule, which is replaced while its backups stay.
    backupOwnerReference: "cluster",
  };
}

/**
 * The schedule of a cluster's base backups. It is replaced with each new archive, so that each has an immediate base
 * backup.
 */
export function createSchedule(
  parent: pulumi.Resource,
  name: string,
  clusterName: string,
  metadata: k8s.types.input.meta.v1.ObjectMeta,
  { backup, serverName }: ClusterArchive,
  dependsOn: pulumi.Resource[],
): k8s.apiextensions.CustomResource {
  const folder = pulumi.interpolate`${backup.store.destinationPath}#${serverName}`;
  return new k8s.apiextensions.CustomResource(
    `${name}-backup-schedule`,
    {
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "ScheduledBackup",
      metadata: { ...metadata, annotations: { "ha-postgres/archive": folder } },
      spec: scheduledBackupSpec(clusterName, backup),
    },
    {
      parent,
      dependsOn,
      replaceOnChanges: ["metadata.annotations", "spec.method", "spec.cluster.name"],
      // Two schedules of one cluster cannot have the same name.
      deleteBeforeReplace: true,
    },
  );
}
