import { createHash } from "node:crypto";
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
 * Returns a name that only the schedule of this archive has: CloudNativePG takes the immediate backup of an earlier one with
 * the same name for its own, and makes none. The Backups add 15 characters to it, and are named in labels, which have 63.
 */
export function scheduleName(
  clusterName: string,
  { backup: { store, method }, serverName, uid }: ClusterArchive,
): pulumi.Output<string> {
  return pulumi
    .all([uid, serverName, store.destinationPath, store.endpointUrl])
    .apply((archive) => {
      const hash = createHash("sha256").update(JSON.stringify([clusterName, method, ...archive]));
      return `${clusterName.slice(0, 39)}-${hash.digest("hex").slice(0, 8)}`;
    });
}

/** The schedule of a cluster's base backups. Each archive has another one, with an immediate base backup. */
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
    { parent, dependsOn },
  );
}
