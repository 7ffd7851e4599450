import type * as pulumi from "@pulumi/pulumi";
import type { PodResources } from "../../kubernetes/pod-resources";
import type { BackupStore } from "./store";

/** How base backups are taken. WAL is archived to the store either way. */
export const BackupMethod = {
  /** A copy of all files, to the store. */
  Plugin: "plugin",
  /** Snapshots of the volumes, by the storage: quick for large databases, and only as far away as the storage puts them. */
  VolumeSnapshot: "volumeSnapshot",
} as const;

export type BackupMethod = (typeof BackupMethod)[keyof typeof BackupMethod];

/** Which instance base backups are taken from. */
export const BackupTarget = {
  /** The primary: PostgreSQL then ends the WAL file that the backup needs, and waits until that is archived. */
  Primary: "primary",
  /** A replica, or the primary if there is none. Nobody ends the WAL file in which the backup ends. */
  PreferStandby: "prefer-standby",
} as const;

export type BackupTarget = (typeof BackupTarget)[keyof typeof BackupTarget];

/** How backups and WAL are compressed before they are sent. */
export const BackupCompression = {
  /** Not at all. */
  None: "none",
  /** Small and slow. Every image has it. */
  Gzip: "gzip",
  /** Smaller and slower yet. */
  Bzip2: "bzip2",
  /** Fast. */
  Lz4: "lz4",
  /** Fast. */
  Snappy: "snappy",
} as const;

export type BackupCompression = (typeof BackupCompression)[keyof typeof BackupCompression];

/** How the store is told to encrypt what it gets. */
export const BackupEncryption = {
  /** With a key of the store's. */
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
   * Where they are kept. Another store begins an archive of its own there, with a base backup at once if `immediate`.
   */
  store: BackupStore;
  /**
   * When base backups are taken, in UTC: six fields, **seconds first** (second, minute, hour, day of the month, month, day
   * of the week), or `@daily`, `@weekly`, `@every 12h`. Five fields, as elsewhere in Kubernetes, are refused.
   *
   * @default "0 0 2 * * *", every day at two
   */
  schedule?: string;
  /**
   * How far back the cluster can be recovered: days, weeks or months, such as `"30d"`, `"4w"`, `"6m"`. Older base backups
   * and WAL are deleted, except the last backup before that time. Volume snapshots, and the WAL beside them, are never
   * deleted by it.
   *
   * @default "30d"
   */
  retention?: string;
  /**
   * Whether a base backup is taken at once when the schedule is created, and at the beginning of each new archive. Without
   * one there is nothing to recover from until the schedule's first.
   *
   * @default true
   */
  immediate?: boolean;
  /**
   * How base backups are taken. A change replaces the schedule.
   *
   * @default BackupMethod.Plugin
   */
  method?: BackupMethod;
  /**
   * Which instance base backups are taken from, where a Backup does not say otherwise itself.
   *
   * One from the primary is `completed` when it can be restored, and not before. It costs the primary the reading of all
   * files, and the sidecar there shares its processor between the backup and the archiving of WAL: give it more by
   * `sidecarResources` where WAL falls behind during a backup. PostgreSQL itself is not slowed down by the compression.
   *
   * With BackupTarget.PreferStandby the reading is a replica's. The backup is `completed` when its files are in the store, and
   * can be restored once the primary has ended the WAL file in which it ends: `archive_timeout` (five minutes) after the next
   * write, and **never while nothing is written**. Choose it for a database that is large and always written to.
   * `npm run status`, the restore drill and the alert PostgresBackupNotRestorable tell of a backup that still waits.
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
   * How base backups and WAL are compressed.
   *
   * @default BackupCompression.Gzip, which every image can write and read
   */
  compression?: BackupCompression;
  /**
   * How the store encrypts them.
   *
   * @default - as the bucket is set up
   */
  encryption?: BackupEncryption;
  /**
   * WAL files that are archived, or fetched in a recovery, at once.
   *
   * @default - four for each processor that `sidecarResources` has, from 2 to 8
   */
  maxParallel?: number;
  /**
   * Tags of the objects in the store, at most 10.
   *
   * @default - none
   */
  tags?: Record<string, string>;
  /**
   * CPU and memory of the container beside PostgreSQL that archives and backs up, requests and limits alike; 256Mi at the
   * least. A change restarts the instances one by one.
   *
   * @default - 500m and 512Mi
   */
  sidecarResources?: PodResources;
  /**
   * What the archive's folder in the store ends with, after the cluster's name: a name of your own for this life of the
   * database. Each life needs an archive of its own, since WAL of two lives in one folder is of use to nobody, and the plugin
   * refuses a folder that is not empty ('Expected empty archive').
   *
   * By default it is new whenever the archive's ObjectStore is created: for a new, renamed, moved, restored or recreated
   * cluster, after `destroy` and `up`, and when a lost Kubernetes cluster is filled anew; and with each major `version` of
   * PostgreSQL. Give one only when the Cluster object alone was deleted by hand or is to be replaced, or when a name has to be
   * known beforehand; then it is up to you that it is new, also together with another `version`. A change begins a new archive
   * of the running cluster.
   *
   * @default - eight random hexadecimal digits
   */
  generation?: string;
}
