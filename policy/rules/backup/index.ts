import type { AnyRule } from "../../engine/rule";
import { archivesApart } from "./archives-apart";
import { bucketEncrypted } from "./bucket-encrypted";
import { bucketKept } from "./bucket-kept";
import { bucketPrivate } from "./bucket-private";
import { bucketVersioned } from "./bucket-versioned";
import { clusterScheduled } from "./cluster-scheduled";
import { ignoredRetention } from "./ignored-retention";
import { inTreeBackup } from "./in-tree-backup";
import { objectStoreCredentials } from "./object-store-credentials";
import { objectStoreHttps } from "./object-store-https";
import { objectStoreRetention } from "./object-store-retention";
import { objectStoreSidecar } from "./object-store-sidecar";
import { recoveryServerName } from "./recovery-server-name";
import { scheduledBackupActive } from "./scheduled-backup-active";
import { scheduledBackupCron } from "./scheduled-backup-cron";
import { scheduledBackupMethod } from "./scheduled-backup-method";
import { scheduledBackupOften } from "./scheduled-backup-often";
import { scheduledBackupTarget } from "./scheduled-backup-target";
import { walArchiver } from "./wal-archiver";

export const backupRules: readonly AnyRule[] = [
  archivesApart,
  bucketEncrypted,
  bucketKept,
  bucketPrivate,
  bucketVersioned,
  clusterScheduled,
  ignoredRetention,
  inTreeBackup,
  objectStoreCredentials,
  objectStoreHttps,
  objectStoreRetention,
  objectStoreSidecar,
  recoveryServerName,
  scheduledBackupActive,
  scheduledBackupCron,
  scheduledBackupMethod,
  scheduledBackupOften,
  scheduledBackupTarget,
  walArchiver,
];
