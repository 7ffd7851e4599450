import type * as pulumi from "@pulumi/pulumi";
import type { SidecarResources } from "./sidecar";
import type { BackupStore } from "./store";

/** The methods of taking base backups. WAL is archived to the store with both. */
export const BackupMethod = {
  /** A copy of all files, to the store. */
  Plugin: "plugin",
  /** Snapshots of the volumes, by the storage: fast for large databases, but only as safe as the storage keeps them. */
  VolumeSnapshot: "volumeSnapshot",
} as const;

export type BackupMethod = (typeof BackupMethod)[keyof typeof BackupMethod];

/** The instances that base backups can be taken from. */
export const BackupTarget = {
  /** The primary: PostgreSQL then ends the WAL file that the backup needs, and waits until it is archived. */
  Primary: "primary",
  /** A replica, or the primary if there is none. The WAL file in which the backup ends stays open until the primary ends it. */
  PreferStandby: "prefer-standby",
} as const;

export type BackupTarget = (typeof BackupTarget)[keyof typeof BackupTarget];

/** The compressions of backups and WAL before they are sent. */
export const BackupCompression = {
  /** No compression. */
  None: "none",
  /** Small and slow. Every image has it. */
  Gzip: "gzip",
  /** Even smaller and slower. */
  Bzip2: "bzip2",
  /** Fast. */
  Lz4: "lz4",
  /** Fast. */
  Snappy: "snappy",
} as const;

export type BackupCompression = (typeof BackupCompression)[keyof typeof BackupCompression];

/** The encryptions that the store can be asked for. */
export const BackupEncryption = {
  /** With a key of the store. */
  Aes256: "AES256",
  /** With a key of AWS KMS. */
  Kms: "aws:kms",
} as const;

export type BackupEncryption = (typeof BackupEncryption)[keyof typeof BackupEncryption];

/**
 * Backups of a cluster: WAL as it is written, base backups by schedule.
 *
 * @see https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/
 */
export interface ClusterBackupArgs {
  /**
   * The store that they are kept in. Changing it begins a new archive there, with an immediate base backup if `immediate`.
   */
  store: BackupStore;
  /**
   * The times of base backups, in UTC: six fields, **seconds first** (second, minute, hour, day of the month, month, day of
   * the week), or `@daily`, `@weekly`, `@every 12h`. Five fields, as elsewhere in Kubernetes, are refused.
   *
   * @default "0 0 2 * * *", every day at two
   */
  schedule?: string;
  /**
   * The time back to which the cluster can be recovered: days, weeks or months, such as `"30d"`, `"4w"`, `"6m"`. Older base
   * backups and WAL are deleted, except the last backup before that time. It never deletes volume snapshots or their WAL.
   *
   * @default "30d"
   */
  retention?: string;
  /**
   * Whether a base backup is taken immediately when the schedule is created, and at the beginning of each new archive.
   * Without one there is nothing to recover from until the schedule's first.
   *
   * @default true
   */
  immediate?: boolean;
  /**
   * The method of taking base backups. A change replaces the schedule.
   *
   * @default BackupMethod.Plugin
   */
  method?: BackupMethod;
  /**
   * The instance that base backups are taken from, unless a Backup sets another.
   *
   * One from the primary is `completed` when it can be restored, and not before. The primary has to read all files for it,
   * and its sidecar shares its CPU between the backup and the archiving of WAL: raise `sidecarResources` if WAL falls
   * behind during a backup. The compression does not slow down PostgreSQL itself.
   *
   * With BackupTarget.PreferStandby a replica reads the files. The backup is `completed` when its files are in the store,
   * and can be restored once the primary has ended the WAL file in which it ends: `archive_timeout` (five minutes) after
   * the next write, and **never while nothing is written**. Choose it for a database that is large and always written to.
   * `npm run status`, the restore drill and the alert PostgresBackupNotRestorable report a backup that still waits.
   *
   * @default BackupTarget.Primary
   * @see https://cloudnative-pg.io/docs/1.30/backup#backup-from-a-standby
   */
  target?: BackupTarget;
  /**
   * VolumeSnapshotClass, for BackupMethod.VolumeSnapshot.
   *
   * @default - the default class of the storage's driver
   */
  snapshotClass?: pulumi.Input<string>;
  /**
   * The compression of base backups and WAL.
   *
   * @default BackupCompression.Gzip, which every image can write and read
   */
  compression?: BackupCompression;
  /**
   * The store's encryption of them.
   *
   * @default - as the bucket is configured
   */
  encryption?: BackupEncryption;
  /**
   * The number of WAL files that are archived, or fetched in a recovery, in parallel.
   *
   * @default - four for each CPU of `sidecarResources`, from 2 to 8
   */
  maxParallel?: number;
  /**
   * Tags of the objects in the store, at most 10.
   *
   * @default - none
   */
  tags?: Record<string, string>;
  /**
   * CPU and memory of the container beside PostgreSQL that archives and backs up; memory, at least 256Mi, is request and
   * limit alike. A change restarts the instances one by one.
   *
   * @default - 500m, of which it may use 2 cores while they are free, and 512Mi
   */
  sidecarResources?: SidecarResources;
  /**
   * The end of the name of the archive's folder in the store, after the cluster's name: your own name for this life of the
   * database. Each life needs a separate archive, since WAL of two lives in one folder is unusable, and the plugin refuses
   * a folder that is not empty ('Expected empty archive').
   *
   * By default it is new whenever the archive's ObjectStore is created: for a new, renamed, moved, restored or recreated
   * cluster, after `destroy` and `up`, and when a lost Kubernetes cluster is deployed again; and with each major `version`
   * of PostgreSQL. Set it only when the Cluster object alone was deleted by hand or must be replaced, or when the name must
   * be known in advance; then make sure that it is new, also together with another `version`. A change begins a new archive
   * of the running cluster.
   *
   * @default - eight random hexadecimal digits
   */
  generation?: string;
}
