import { z } from "zod";
import { scheduleRefusal } from "../formats/cron";
import { objectName } from "../formats/names";
import { MiB, parseBytes, parseCores } from "../formats/quantity";
import { longestGap } from "../formats/schedule-gap";
import { input, refusal, type Fields } from "../contract/schema";
import { computeSize } from "../formats/workload";
import type { SidecarResources } from "./args/sidecar";
import {
  BackupCompression,
  BackupEncryption,
  BackupMethod,
  BackupTarget,
  type ClusterBackupArgs,
} from "./args";
import { backupStoreSchema } from "./store-schema";

const DAY = 86_400;

/** A leap year. */
const LONGEST_GAP = 366 * DAY;

/** The schema of a backup schedule. */
export const scheduleSchema = z.string().superRefine((text, context) => {
  const refused = scheduleRefusal(text);
  if (refused) context.addIssue({ code: "custom", ...refusal(refused) });
  else if ((longestGap(text) ?? 0) > LONGEST_GAP) {
    const days = Math.round((longestGap(text) ?? 0) / DAY);
    const reason = `${days} days may pass until the next backup, and a recovery would have to replay all WAL since then`;
    context.addIssue({
      code: "custom",
      ...refusal({
        reason,
        remedy: 'Use one that runs every year, or better every day: "0 0 2 * * *"',
      }),
    });
  }
});

export const retention = z.string().refine(
  (text) => /^[1-9]\d*[dwm]$/.test(text),
  refusal({
    reason: "must be a number of days, weeks or months",
    remedy: 'Write "30d", "4w" or "6m"',
  }),
);

/** With a name before it, it is the name of a folder in the store. */
export const generation = z.string().refine(
  (text) => /^[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?$/.test(text),
  refusal({
    reason: "must be valid in the name of a folder in the store",
    remedy: "Use at most 32 lower-case letters, digits and dashes",
  }),
);

/** The container beside PostgreSQL that reads and writes archives. */
export const sidecarSchema = z
  .strictObject({
    cpu: computeSize.shape.cpu,
    cpuLimit: computeSize.shape.cpu.optional(),
    memory: z.string().refine(
      (text) => (parseBytes(text) ?? 0) >= 256 * MiB,
      refusal({
        reason:
          "the container would run out of memory during a backup, while the cluster stays Ready",
        remedy: 'Use 256Mi or more; "512Mi" is the default',
      }),
    ),
  } satisfies Fields<SidecarResources>)
  .refine(({ cpu, cpuLimit = cpu }) => (parseCores(cpuLimit) ?? 0) >= (parseCores(cpu) ?? 0), {
    ...refusal({
      reason: "a limit below the request is refused by the API server",
      remedy: "Set cpuLimit to at least cpu, or remove it",
    }),
    path: ["cpuLimit"],
  });

/** The schema of ClusterBackupArgs. */
export const backupSchema = z.strictObject({
  store: backupStoreSchema,
  schedule: scheduleSchema.optional(),
  retention: retention.optional(),
  immediate: z.boolean().optional(),
  method: z.enum(BackupMethod).optional(),
  target: z.enum(BackupTarget).optional(),
  snapshotClass: input(objectName).optional(),
  compression: z.enum(BackupCompression).optional(),
  encryption: z.enum(BackupEncryption).optional(),
  maxParallel: z.int().min(1).max(32).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  sidecarResources: sidecarSchema.optional(),
  generation: generation.optional(),
} satisfies Fields<ClusterBackupArgs>);
