import { propertyPath } from "../../components/contract/schema";
import { objectsOfLogicalBackup } from "../../components/postgres/logical-backup/names";
import { databaseOf, namespaceOf } from "../declared";
import type { LogicalBackupConfig } from "./schema";
import type { StackConfig } from "../schema";

/** Returns the logical backups of a database, by name. */
export function logicalBackupsOf(
  { logicalBackups }: StackConfig,
  database: string,
): [string, LogicalBackupConfig][] {
  return Object.entries(logicalBackups).filter(([, { cluster }]) => cluster === database);
}

/** Returns the service accounts of those that use the store of the stack, in a namespace. */
export function dumpAccountsIn(stack: StackConfig, namespace: string): string[] {
  return Object.entries(stack.logicalBackups).flatMap(([key, { cluster, store, backupName }]) => {
    const declared = databaseOf(stack, cluster);
    if (!declared || store || namespaceOf(stack, declared) !== namespace) return [];
    const { backup } = declared.config;
    return backup !== false && backup?.store ? [] : [backupName ?? key];
  });
}

/** Returns the objects of the logical backups of a stack, by kind and name. */
export function dumpObjects(stack: StackConfig) {
  return Object.entries(stack.logicalBackups).flatMap(([key, { cluster, backupName = key }]) => {
    const declared = databaseOf(stack, cluster);
    if (!declared) return [];
    return [
      {
        names: objectsOfLogicalBackup(backupName),
        path: propertyPath(["logicalBackups", key]),
        name: backupName,
        namespace: namespaceOf(stack, declared),
      },
    ];
  });
}
