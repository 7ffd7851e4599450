import { backupName } from "./backup-name";
import type { Rule } from "./rule";

/** What every OnDemandBackup is held to. */
export const onDemandBackupRules: readonly Rule[] = [backupName];
