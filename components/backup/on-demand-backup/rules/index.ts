import { backupName } from "./backup-name";

/** The rules for every OnDemandBackup. */
export const onDemandBackupRules = [backupName];
