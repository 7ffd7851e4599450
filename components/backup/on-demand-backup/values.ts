import { contract } from "../../contract/contract";
import type { OnDemandBackupArgs } from "./args";
import { onDemandBackupRules } from "./rules";
import { onDemandBackupSchema } from "./schema";

export interface OnDemandBackupValues extends OnDemandBackupArgs {
  backupName: string;
}

/** The contract of OnDemandBackup. */
export const onDemandBackup = contract<OnDemandBackupArgs, OnDemandBackupValues>({
  component: "OnDemandBackup",
  schema: onDemandBackupSchema,
  rules: onDemandBackupRules,
  fill: (args, name) => ({ ...args, backupName: args.backupName ?? name }),
});
