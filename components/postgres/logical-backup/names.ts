import * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import type { ObjectNames } from "../../upstream/cloudnative-pg-objects";

/** The CronJob under which dumps are fetched again. */
export function restoreName(backupName: string): string {
  return `${backupName}-restore`;
}

/**
 * The folder of the dumps, below the address of the store. Archives are beside it: their names have a dash. Old dumps in it
 * are deleted, so that it must be nobody else's: not of another namespace, and not of another installation with these names.
 */
export function dumpFolder(
  { namespace, cluster, backupName }: FolderOwner,
  generation: pulumi.Input<string>,
): pulumi.Output<string> {
  return pulumi.interpolate`logical/${namespace}/${cluster}/${backupName}-${generation}`;
}

interface FolderOwner {
  namespace: pulumi.Input<string>;
  cluster: pulumi.Input<string>;
  backupName: string;
}

/** The objects of a logical backup, by kind. */
export function objectsOfLogicalBackup(backupName: string): ObjectNames {
  return {
    ServiceAccount: [backupName],
    ConfigMap: [backupName],
    CronJob: [backupName, restoreName(backupName)],
  };
}

/** The labels of its objects, and of the pods, which the NetworkPolicy of a cluster may have to admit. */
export function logicalBackupLabels(backupName: string): Record<string, string> {
  return recommendedLabels("postgresql", backupName, "logical-backup");
}
