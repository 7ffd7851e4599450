import type * as pulumi from "@pulumi/pulumi";
import type { BackupStore } from "../../backup/args/store";
import type { SidecarResources } from "../../backup/args/sidecar";
import type { ClusterArgs } from "../cluster/args/common";
import type { PasswordRotationArgs } from "../credentials/args";

/** Volume snapshots of a base backup, which the operator lists with `kubectl get volumesnapshots`. */
export interface RecoverySnapshotsArgs {
  /** Snapshot of the volume of the tables. */
  storage: pulumi.Input<string>;
  /** Snapshot of the volume of the WAL, taken by the same backup. A PostgresCluster always has one. */
  walStorage: pulumi.Input<string>;
}

/**
 * The parameters of a source that PostgreSQL compares with those of its copies, which do not start with less. Whole
 * numbers in quotes.
 *
 * @see https://www.postgresql.org/docs/current/hot-standby.html#HOT-STANDBY-ADMIN
 */
export interface SourceParametersArgs {
  /** @default - not compared */
  max_connections?: string;
  /** @default - not compared */
  max_worker_processes?: string;
  /** @default - not compared */
  max_wal_senders?: string;
  /** @default - not compared */
  max_prepared_transactions?: string;
  /** @default - not compared */
  max_locks_per_transaction?: string;
}

/** The source of a cluster: an archive in a store, which is only read. */
export interface RecoverySourceArgs {
  /** Store of the source, with Secrets in the namespace of the **new** cluster. */
  store: BackupStore;
  /**
   * Name of the source's archive in the store, which is new whenever the source is created: `backupServerName` of its
   * component, or the name of its folder in the bucket.
   */
  serverName: pulumi.Input<string>;
  /**
   * Snapshots of the source to start from, instead of a base backup in the store. The WAL is from the store.
   *
   * @default - a base backup in the store
   */
  snapshots?: RecoverySnapshotsArgs;
  /**
   * Parameters of the source: this cluster gets at least the same, and less in `parameters` is refused. In a stack
   * those of `source.cluster` are known. A change restarts the instances one by one.
   *
   * @default - not known: this cluster does not start if its source has more
   */
  parameters?: SourceParametersArgs;
  /**
   * Number of WAL files that are fetched at once.
   *
   * @default - four for each processor that `sidecarResources` has, from 2 to 8
   */
  maxParallel?: number;
  /**
   * CPU and memory of the container that fetches; memory is at least 256Mi, request and limit alike. With `backup` only the
   * restore itself has them, and the pods have those of `backup.sidecarResources`.
   *
   * @default - 500m, of which it may use 2 cores while they are free, and 512Mi
   */
  sidecarResources?: SidecarResources;
}

/**
 * The point up to which a history is replayed: one of `time`, `lsn`, `xid`, `name` and `immediate`, or none, for
 * everything in the archive.
 *
 * @see https://cloudnative-pg.io/docs/1.30/recovery#recovery-targets
 */
export interface RecoveryTargetArgs {
  /**
   * A time **with its zone**: `"2026-11-21T08:00:39Z"` or `"2026-11-21T09:00:39.5+01:00"`. There must be a transaction after
   * it in the archive, or the recovery fails.
   *
   * @default - none
   */
  time?: string;
  /**
   * A position in the WAL, as `pg_current_wal_lsn()` returns it: `"0/3000028"`.
   *
   * @default - none
   */
  lsn?: string;
  /**
   * A transaction, as `pg_current_xact_id()` returns it. It needs `backupId`.
   *
   * @default - none
   */
  xid?: string;
  /**
   * A restore point, by its name in `pg_create_restore_point()`. It needs `backupId`.
   *
   * @default - none
   */
  name?: string;
  /**
   * The end of the base backup, the earliest point at which the data are consistent. It needs `backupId`.
   *
   * @default false
   */
  immediate?: boolean;
  /**
   * The base backup to start from: `status.backupId` of its Backup, such as `"20261121T020000"`.
   *
   * @default - the last one before `time` or `lsn`, and otherwise the last
   */
  backupId?: string;
  /**
   * Whether to stop before `time`, `lsn` or `xid` instead of after it.
   *
   * @default false
   */
  exclusive?: boolean;
  /**
   * The timeline to follow: a number, or `"latest"`.
   *
   * @default "latest"
   */
  timeline?: string;
}

/** The database of a recovered cluster, as its source has it. */
export interface RecoveredDatabaseArgs extends PasswordRotationArgs {
  /** Name of the database, such as `cluster.database` of the source. If the backup has none, an empty one is created. */
  name: pulumi.Input<string>;
  /**
   * Role that owns it, such as `cluster.user` of the source. If the backup has another owner, this one takes it over. It gets
   * the password of the new cluster's Secret.
   */
  owner: pulumi.Input<string>;
  /**
   * Existing Secret of type `kubernetes.io/basic-auth` in the cluster's namespace, with the owner's `username` and
   * `password`.
   *
   * @default - a password is generated, in the Secret `<cluster>-app`
   */
  ownerSecret?: pulumi.Input<string>;
}

/** Arguments of RecoveryCluster. */
export interface RecoveryClusterArgs extends ClusterArgs {
  /** The source of the data. Fixed at creation: later changes have no effect on an existing cluster. */
  source: RecoverySourceArgs;
  /** Database and owner, as in the source. All other databases and all roles come with the data. */
  database: RecoveredDatabaseArgs;
  /**
   * The point up to which the source's history is replayed. Fixed at creation: later changes have no effect on an
   * existing cluster. To recover to another point, declare another RecoveryCluster.
   *
   * @default - to the last WAL in the archive
   */
  target?: RecoveryTargetArgs;
  /**
   * Whether the cluster is created empty if the archive has no base backup, and recovered if it has one: for a stack that is
   * deployed in places where there may be none yet. It is decided when the cluster is created, by a pod that looks into the
   * store with the plugin's sidecar, `<cluster>-archive-look`, and never again. It needs an access key in `source.store`, which
   * must not be one of Google or Azure. Owners of `databases` and the like have to be declared in `roles`, and `cronJobs` are
   * refused, since an empty cluster has neither.
   *
   * @default false: without a base backup the deployment fails
   */
  createIfEmpty?: boolean;
  /**
   * Maximum duration of the recovery, such as `"90m"`. A failed recovery is reported only after it: the log of the pod
   * `<cluster>-1-full-recovery` shows the reason.
   *
   * @default "6h"
   */
  timeout?: string;
}
