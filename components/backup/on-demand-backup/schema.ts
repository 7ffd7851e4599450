import { z } from "zod";
import { duration, namespaceName, objectName } from "../../formats/names";
import { input, type Fields } from "../../contract/schema";
import { BackupMethod } from "../args";
import type { OnDemandBackupArgs } from "./args";

/** The schema of OnDemandBackupArgs. */
export const onDemandBackupSchema = z.strictObject({
  namespace: input(namespaceName),
  cluster: input(objectName),
  backupName: z.string().optional(),
  method: z.enum(BackupMethod).optional(),
  timeout: duration.optional(),
} satisfies Fields<OnDemandBackupArgs>);
