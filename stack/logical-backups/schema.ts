import type { z } from "zod";
import { backupStoreSchema } from "../../components/backup/store-schema";
import { logicalBackupSchema } from "../../components/postgres/logical-backup/schema";
import { databaseKey } from "../databases/schema";
import { monitoringOrNone } from "../monitoring/schema";

/** The dumps of a database of a stack. */
export const logicalBackupConfig = logicalBackupSchema
  .omit({ namespace: true, mirror: true, image: true, version: true, imagePullSecrets: true })
  .extend({
    cluster: databaseKey,
    database: logicalBackupSchema.shape.database
      .optional()
      .describe("The database that is dumped. Default: the one that the cluster was created with."),
    loginSecret: logicalBackupSchema.shape.loginSecret.describe(
      "Secret with `username` and `password` of the role that reads it, such as `<cluster>-<role>` of a role with a generated " +
        "password. What it may not read fails the dump. Default: the owner's. Of a replica that is not promoted, and of a " +
        "cluster that is demoted, it is required: there the passwords of the cluster that it follows apply.",
    ),
    store: backupStoreSchema
      .optional()
      .describe("The store. Default: that of the database's base backups, or the stack's."),
    encryption: logicalBackupSchema.shape.encryption.describe(
      "The store's encryption of dumps. Default: that of the database's base backups, unless `store` is set; otherwise as the " +
        "bucket is configured.",
    ),
    monitoring: monitoringOrNone(logicalBackupSchema.shape.monitoring).describe(
      "Its alerts; false for none. They read kube-state-metrics. Default: with all defaults if there is a " +
        "`platform.prometheusStack`.",
    ),
  });

export type LogicalBackupConfig = z.output<typeof logicalBackupConfig>;
