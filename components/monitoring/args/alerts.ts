/** The severity of an alert: its label `severity`, by which Alertmanager routes. */
export const AlertSeverity = {
  /** Needs an immediate reaction: the database, or the last way to recover it, is lost or about to be. */
  Critical: "critical",
  /** Needs attention during the day. */
  Warning: "warning",
  /** Needs no reaction. */
  Info: "info",
  /** Removes the alert. */
  Off: "off",
} as const;

export type AlertSeverity = (typeof AlertSeverity)[keyof typeof AlertSeverity];

/** The alerts about a cluster, by the names that they have in Prometheus. */
export const ClusterAlert = {
  /** No instance accepts writes. */
  NoPrimary: "PostgresNoPrimary",
  /** Several instances accept writes. */
  SeveralPrimaries: "PostgresSeveralPrimaries",
  /** Fewer instances are available than declared. */
  InstancesMissing: "PostgresInstancesMissing",
  /** One instance is left. */
  LastInstance: "PostgresLastInstance",
  /** An instance is fenced: PostgreSQL is stopped in it on purpose. */
  InstanceFenced: "PostgresInstanceFenced",
  /** Some metrics could not be read, so alerts based on them do not fire. */
  MetricsIncomplete: "PostgresMetricsIncomplete",
  /** A replica receives nothing from the primary. */
  StandbyNotStreaming: "PostgresStandbyNotStreaming",
  /** A replica is behind. */
  ReplicationLag: "PostgresReplicationLag",
  /** Fewer replicas confirm commits than `synchronous.number`. */
  SynchronousReplicasMissing: "PostgresSynchronousReplicasMissing",
  /** A volume is filling up. */
  VolumeFillingUp: "PostgresVolumeFillingUp",
  /** A volume is nearly full. */
  VolumeNearlyFull: "PostgresVolumeNearlyFull",
  /** Many of `max_connections` are in use. */
  ConnectionsHigh: "PostgresConnectionsHigh",
  /** Nearly all of `max_connections` are in use. */
  ConnectionsNearlyExhausted: "PostgresConnectionsNearlyExhausted",
  /** Vacuum does not keep up with transaction ids. */
  TransactionIdsAging: "PostgresTransactionIdsAging",
  /** Transaction ids run out. */
  TransactionIdWraparound: "PostgresTransactionIdWraparound",
  /** Transactions block each other permanently. */
  Deadlocks: "PostgresDeadlocks",
  /** A transaction stays open. */
  LongTransaction: "PostgresLongTransaction",
  /** WAL could not be archived. */
  WalArchivingFailing: "PostgresWalArchivingFailing",
  /** WAL waits, and none has been archived for long. */
  WalArchivingBehind: "PostgresWalArchivingBehind",
  /** The last base backup failed. */
  BackupFailed: "PostgresBackupFailed",
  /** The last base backup is too old. */
  BackupTooOld: "PostgresBackupTooOld",
  /** The WAL in which the last base backup ends is not archived. */
  BackupNotRestorable: "PostgresBackupNotRestorable",
  /** There is no base backup to recover from. */
  NotRecoverable: "PostgresNotRecoverable",
} as const;

export type ClusterAlert = (typeof ClusterAlert)[keyof typeof ClusterAlert];

/** The alerts about a PrimaryWatch, by the names that they have in Prometheus. */
export const WatchAlert = {
  /** It has deleted the pod of a primary. */
  Acted: "PrimaryWatchActed",
  /** It leaves a silent primary alone. */
  LeavesAlone: "PrimaryWatchLeavesAlone",
  /** Some instances have never answered it. */
  CannotSee: "PrimaryWatchCannotSee",
  /** Fewer watchers work than an agreement needs. */
  TooFewWatchers: "PrimaryWatchTooFewWatchers",
} as const;

export type WatchAlert = (typeof WatchAlert)[keyof typeof WatchAlert];

/** The alerts about a pooler, by the names that they have in Prometheus. */
export const PoolerAlert = {
  /** No pod accepts connections. */
  Down: "PgBouncerDown",
  /** Fewer pods accept connections than declared. */
  InstancesMissing: "PgBouncerInstancesMissing",
  /** Clients wait for a server connection. */
  ClientsWaiting: "PgBouncerClientsWaiting",
  /** Every server connection of a pool is in use. */
  ServerConnectionsExhausted: "PgBouncerServerConnectionsExhausted",
  /** `max_client_conn` is nearly reached. */
  ClientsNearLimit: "PgBouncerClientsNearLimit",
} as const;

export type PoolerAlert = (typeof PoolerAlert)[keyof typeof PoolerAlert];
