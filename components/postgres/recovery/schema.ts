import { z } from "zod";
import { sidecarSchema } from "../../backup/schema";
import { backupStoreSchema } from "../../backup/store-schema";
import { copyFields } from "../cluster/schema";
import { passwordRotation } from "../credentials/schema";
import { duration, existingName, objectName } from "../../formats/names";
import { serverName } from "./server-name";
import { recoveryTimeRefusal } from "./time";
import { input, refusal, type Fields } from "../../contract/schema";
import type {
  RecoveredDatabaseArgs,
  RecoveryClusterArgs,
  RecoverySnapshotsArgs,
  RecoverySourceArgs,
  RecoveryTargetArgs,
  SourceParametersArgs,
} from "./args";

const count = z.string().refine(
  (text) => /^\d{1,6}$/.test(text),
  refusal({
    reason: "must be a whole number",
    remedy: 'Write a whole number in quotes, such as "200"',
  }),
);

const sourceParameters = z.strictObject({
  max_connections: count.optional(),
  max_worker_processes: count.optional(),
  max_wal_senders: count.optional(),
  max_prepared_transactions: count.optional(),
  max_locks_per_transaction: count.optional(),
} satisfies Fields<SourceParametersArgs>);

export const sourceSchema = z.strictObject({
  store: backupStoreSchema,
  serverName: input(serverName),
  snapshots: z
    .strictObject({
      storage: input(objectName),
      walStorage: input(objectName),
    } satisfies Fields<RecoverySnapshotsArgs>)
    .optional(),
  parameters: sourceParameters.optional(),
  maxParallel: z.int().min(1).max(32).optional(),
  sidecarResources: sidecarSchema.optional(),
} satisfies Fields<RecoverySourceArgs>);

const time = z.string().superRefine((text, context) => {
  const refused = recoveryTimeRefusal(text);
  if (refused) context.addIssue({ code: "custom", ...refusal(refused) });
});

const lsn = z.string().refine(
  (text) => /^[0-9A-Fa-f]{1,8}\/[0-9A-Fa-f]{1,8}$/.test(text),
  refusal({
    reason: "is not a valid position in the WAL",
    remedy: 'Write it as pg_current_wal_lsn() returns it, such as "0/3000028"',
  }),
);

const xid = z.string().refine(
  (text) => /^\d{1,10}$/.test(text) && Number(text) >= 3 && Number(text) < 2 ** 32,
  refusal({
    reason: "must be a transaction number of 32 bits, at least 3",
    remedy: "Write it as pg_current_xact_id()::xid returns it",
  }),
);

const restorePoint = z.string().refine(
  (text) => text !== "" && Buffer.byteLength(text) < 64 && !/\p{Cc}/u.test(text),
  refusal({
    reason: "is not a valid name of a restore point",
    remedy: "Use the name from pg_create_restore_point(), of at most 63 bytes",
  }),
);

const backupId = z.string().refine(
  (text) => /^\d{8}T\d{6}$/.test(text),
  refusal({
    reason: "is not a valid id of a backup",
    remedy: 'Use status.backupId of the Backup, such as "20261121T020000", not its name',
  }),
);

const timeline = z
  .string()
  .refine(
    (text) => text === "latest" || /^[1-9]\d{0,9}$/.test(text),
    refusal({ reason: "is not a valid timeline", remedy: 'Use "latest" or a number, such as "2"' }),
  );

const target = z.strictObject({
  time: time.optional(),
  lsn: lsn.optional(),
  xid: xid.optional(),
  name: restorePoint.optional(),
  immediate: z.boolean().optional(),
  backupId: backupId.optional(),
  exclusive: z.boolean().optional(),
  timeline: timeline.optional(),
} satisfies Fields<RecoveryTargetArgs>);

export const recoveredDatabaseSchema = z.strictObject({
  name: input(existingName),
  owner: input(existingName),
  ownerSecret: input(objectName).optional(),
  ...passwordRotation,
} satisfies Fields<RecoveredDatabaseArgs>);

/** The schema of RecoveryClusterArgs. */
export const recoveryClusterSchema = z.strictObject({
  ...copyFields,
  source: sourceSchema,
  database: recoveredDatabaseSchema,
  target: target.optional(),
  createIfEmpty: z.boolean().optional(),
  timeout: duration.optional(),
} satisfies Fields<RecoveryClusterArgs>);
