import { z } from "zod";
import { duration, namespaceName, objectName } from "./formats";
import { input } from "./shape";

/** The shape of OnDemandBackupArgs. */
export const onDemandBackupShape = z.strictObject({
  namespace: input(namespaceName),
  cluster: input(objectName),
  backupName: z.string().optional(),
  method: z.enum(["plugin", "volumeSnapshot"]).optional(),
  timeout: duration.optional(),
});
