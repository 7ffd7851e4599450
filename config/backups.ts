import type * as pulumi from "@pulumi/pulumi";
import { BACKUP_DEFAULTS } from "../components/backup/backup-values";
import type {
  BackupBucketArgs,
  BackupStore,
  ClusterBackupArgs,
  S3CompatibleStoreArgs,
} from "../components";
import {
  clusterName,
  databasesOf,
  type AwsS3Config,
  type DatabaseConfig,
  type Declared,
  type RecoveryConfig,
  type ReplicaConfig,
  type S3CompatibleConfig,
  type StackConfig,
} from "./stack-config";

/** What the component of the stack's store is called. */
export const BACKUPS = "backups";

/** Backups of a database, to its own store or to that of the stack; none without either. */
export function backupOf(
  { backup = {} }: Pick<DatabaseConfig, "backup">,
  stacks: BackupStore | undefined,
): ClusterBackupArgs | undefined {
  if (backup === false) return undefined;
  const { store = stacks, ...rest } = backup;
  return store && { ...rest, store };
}

/** Arguments of the stack's bucket. */
export function bucketArgs(
  stack: StackConfig,
  awsS3: AwsS3Config,
  namespace: pulumi.Input<string>,
): BackupBucketArgs {
  const { role, user, retentionDays = longestRetention(stack).days, ...rest } = awsS3;
  const serviceAccounts = usersOfBackups(stack).map(clusterName);
  return {
    ...rest,
    retentionDays,
    ...(role && { role: { ...role, namespace, serviceAccounts } }),
    ...(user && { user: { ...user, namespace } }),
  };
}

/** Arguments of the stack's store at another service. */
export function storeArgs(
  s3Compatible: S3CompatibleConfig,
  namespace: pulumi.Input<string>,
): S3CompatibleStoreArgs {
  return { ...s3Compatible, namespace };
}

/** The databases that write to the stack's store, or are made from what is in it. */
function usersOfBackups(stack: StackConfig): Declared[] {
  return databasesOf(stack).filter(
    ({ config }) => writesThere(config) || ("source" in config && readsThere(stack, config)),
  );
}

function writesThere({ backup }: DatabaseConfig): boolean {
  return backup !== false && backup?.store === undefined;
}

function readsThere({ clusters }: StackConfig, { source }: RecoveryConfig | ReplicaConfig) {
  const cluster = source.cluster === undefined ? undefined : clusters[source.cluster];
  return cluster ? writesThere(cluster) : source.store === undefined;
}

/** How long what is in the stack's store is needed, and the database that says so. */
export function longestRetention(stack: StackConfig): { days: number; of: Declared | undefined } {
  const kept = databasesOf(stack)
    .filter(({ config }) => writesThere(config))
    .map((of) => ({ of, days: retentionDays(retentionOf(of.config)) }));
  const none = { days: retentionDays(BACKUP_DEFAULTS.retention), of: undefined };
  const [first, ...others] = kept;
  return others.reduce((most, one) => (one.days > most.days ? one : most), first ?? none);
}

function retentionOf({ backup = {} }: DatabaseConfig): string {
  return (backup === false ? undefined : backup.retention) ?? BACKUP_DEFAULTS.retention;
}

/** As Barman counts: a month has 31 days. */
function retentionDays(retention: string): number {
  const days = { d: 1, w: 7, m: 31 }[retention.slice(-1)] ?? Number.NaN;
  return Number(retention.slice(0, -1)) * days;
}
