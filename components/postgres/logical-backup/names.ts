import { recommendedLabels } from "../../kubernetes/labels";
import type { ObjectNames } from "../../upstream/cloudnative-pg-objects";

/** The CronJob under which dumps are fetched again. */
export function restoreName(backupName: string): string {
  return `${backupName}-restore`;
}

/** The folder of the dumps, below the address of the store. Archives are beside it: their names have a dash. */
export function dumpFolder(backupName: string): string {
  return `logical/${backupName}`;
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
