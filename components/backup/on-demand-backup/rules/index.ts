import { backupName } from "./backup-name";

/** What every OnDemandBackup is held to. */
export const onDemandBackupRules = [backupName];
