import { z } from "zod";
import { backupStoreShape } from "./backup-store-shape";
import { scheduleRefusal } from "./cron-schedule";
import { objectName } from "./formats";
import { MiB, parseBytes } from "./quantity";
import { longestGap } from "./schedule-gap";
import { input, refusal } from "./shape";
import { computeSize } from "./workload-shape";

const DAY = 86_400;

/** A leap year. */
const LONGEST_GAP = 366 * DAY;

/** When base backups are taken. */
export const scheduleShape = z.string().superRefine((text, context) => {
  const refused = scheduleRefusal(text);
  if (refused) context.addIssue({ code: "custom", ...refusal(refused) });
  else if ((longestGap(text) ?? 0) > LONGEST_GAP) {
    const days = Math.round((longestGap(text) ?? 0) / DAY);
    const reason = `${days} days may pass until the next backup, and a recovery would have to replay the WAL of all of them`;
    context.addIssue({
      code: "custom",
      ...refusal({
        reason,
        remedy: 'Use one that comes every year, better every day: "0 0 2 * * *"',
      }),
    });
  }
});

const retention = z.string().refine(
  (text) => /^[1-9]\d*[dwm]$/.test(text),
  refusal({
    reason: "it is no number of days, weeks or months",
    remedy: 'Write "30d", "4w" or "6m"',
  }),
);

/** Such a name, with the cluster's before it, is a folder in the store. */
const generation = z.string().refine(
  (text) => /^[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?$/.test(text),
  refusal({
    reason: "it ends the name of a folder in the store",
    remedy: "Use at most 32 lower-case letters, digits and dashes",
  }),
);

const sidecarResources = z.strictObject({
  cpu: computeSize.shape.cpu,
  memory: z.string().refine(
    (text) => (parseBytes(text) ?? 0) >= 256 * MiB,
    refusal({
      reason:
        "the container would be killed for want of memory in the middle of a backup, while the cluster stays Ready",
      remedy: 'Give 256Mi or more; "512Mi" is the default',
    }),
  ),
});

const s3Encryption = z.enum(["AES256", "aws:kms"]);

/** The shape of ClusterBackupArgs. */
export const backupShape = z.strictObject({
  store: backupStoreShape,
  schedule: scheduleShape.optional(),
  retention: retention.optional(),
  immediate: z.boolean().optional(),
  method: z.enum(["plugin", "volumeSnapshot"]).optional(),
  target: z.enum(["primary", "prefer-standby"]).optional(),
  snapshotClass: input(objectName).optional(),
  compression: z.enum(["none", "gzip", "bzip2", "lz4", "snappy"]).optional(),
  encryption: s3Encryption.optional(),
  maxParallel: z.int().min(1).max(32).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  sidecarResources: sidecarResources.optional(),
  generation: generation.optional(),
});

/** The container beside PostgreSQL that reads and writes archives. */
export const sidecarShape = sidecarResources;
