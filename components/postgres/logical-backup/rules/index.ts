import { logicalBackupImage } from "./image";
import { logicalBackupName } from "./backup-name";
import { logicalBackupFiles, logicalBackupStore } from "./store";

/** The rules for every LogicalBackup. */
export const logicalBackupRules = [
  logicalBackupName,
  logicalBackupStore,
  logicalBackupFiles,
  logicalBackupImage,
];
