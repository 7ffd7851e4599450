import { z } from "zod";
import { BackupEncryption, BackupTarget } from "../../backup/args";
import { generation, retention } from "../../backup/schema";
import { backupStoreSchema } from "../../backup/store-schema";
import { input, refusal, type Fields } from "../../contract/schema";
import { duration, existingName, namespaceName, objectName, size } from "../../formats/names";
import { computeSize, imageReference } from "../../formats/workload";
import { logicalBackupMonitoringSchema } from "../../monitoring/schema";
import { mirrorSchema } from "../../operators/release/schema";
import { cronJobRefusal } from "./schedule";
import type { DumpVolumeArgs, LogicalBackupArgs } from "./args";

const schedule = z.string().superRefine((text, context) => {
  const refused = cronJobRefusal(text);
  if (refused) context.addIssue({ code: "custom", ...refusal(refused) });
});

const timeZone = z.string().refine(
  (text) => /^[A-Za-z]/.test(text) && isZone(text),
  refusal({
    reason: "is not a time zone that Kubernetes knows",
    remedy: 'Use a name of the tz database, such as "Europe/Zurich" or "Etc/UTC"',
  }),
);

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** The schema of LogicalBackupArgs. */
export const logicalBackupSchema = z.strictObject({
  namespace: input(namespaceName),
  cluster: input(objectName),
  database: input(existingName),
  loginSecret: input(objectName).optional(),
  caSecret: input(objectName).optional(),
  store: backupStoreSchema,
  encryption: z.enum(BackupEncryption).optional(),
  schedule: schedule.optional(),
  timeZone: timeZone.optional(),
  retention: retention.optional(),
  target: z.enum(BackupTarget).optional(),
  backupName: z.string().optional(),
  generation: generation.optional(),
  version: z.int().optional(),
  image: input(imageReference).optional(),
  storeImage: imageReference.optional(),
  imagePullSecrets: z.array(input(objectName)).optional(),
  volume: z
    .strictObject({
      size: size("64Mi").optional(),
      storageClass: input(objectName).optional(),
    } satisfies Fields<DumpVolumeArgs>)
    .optional(),
  resources: computeSize.optional(),
  timeout: duration.optional(),
  nodeSelector: z.record(z.string(), z.string()).optional(),
  tolerations: z.array(z.any()).optional(),
  monitoring: logicalBackupMonitoringSchema.optional(),
  mirror: mirrorSchema.optional(),
} satisfies Fields<LogicalBackupArgs>);
