import type * as pulumi from "@pulumi/pulumi";
import type {
  BackupBucketArgs,
  BackupBucketRoleArgs,
  BackupStore,
  ClusterBackupArgs,
  S3CompatibleStoreArgs,
} from "../../components";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../../components/backup/credentials-secret";
import { backupBucket } from "../../components/backup/bucket/values";
import { storeEnvironment } from "../../components/backup/s3-compatible-store/s3-compatible-store";
import { s3CompatibleStore } from "../../components/backup/s3-compatible-store/values";
import { storeRules } from "../../components/postgres/cluster/rules/backup/of-store";
import { BACKUP_DEFAULTS } from "../../components/backup/values";
import { propertyPath } from "../../components/contract/schema";
import { retentionDays } from "../../components/formats/durations";
import { type Violation, under } from "../../components/contract/violation";
import { clusterName, databasesOf, namespaceOf, type Declared } from "../declared";
import { dumpAccountsIn } from "../logical-backups/dumped";
import type { PlacedNamespaces } from "../namespaces/schema";
import type { AwsS3Config, BackupsConfig, S3CompatibleConfig } from "./schema";
import type {
  ClusterConfig,
  DatabaseConfig,
  RecoveryConfig,
  ReplicaConfig,
} from "../databases/schema";
import type { StackConfig } from "../schema";
import { UNKNOWN } from "../unknown";

/** The name of the component of the stack's store. */
export const BACKUPS = "backups";

/** Returns the backups of a database, to its own store or to that of the stack; none without either. */
export function backupOf(
  { backup = {} }: Pick<DatabaseConfig, "backup">,
  stacks: BackupStore | undefined,
): ClusterBackupArgs | undefined {
  if (backup === false) return undefined;
  const { store = stacks, ...rest } = backup;
  return store && { ...rest, store };
}

/** Returns the default store of the stack's databases, as far as it is known. */
export function stackStore({ backups }: StackConfig): BackupStore | undefined {
  if (!backups) return undefined;
  const { awsS3, s3Compatible, store } = backups;
  if (store) {
    return storeViolations(store).length === 0
      ? store
      : { destinationPath: UNKNOWN, ...SOME_ACCESS_KEY };
  }
  // What is missing or too much of a login is told there.
  return {
    destinationPath: UNKNOWN,
    ...(awsS3?.role && { roleArn: UNKNOWN }),
    ...((s3Compatible ?? (awsS3?.user && !awsS3.role)) && SOME_ACCESS_KEY),
    ...(s3Compatible && storeEnvironment(s3Compatible)),
  };
}

/** A login that is not known before a deployment. */
const SOME_ACCESS_KEY: Pick<BackupStore, "accessKeyId" | "secretAccessKey"> = {
  accessKeyId: { name: UNKNOWN, key: ACCESS_KEY_ID },
  secretAccessKey: { name: UNKNOWN, key: SECRET_ACCESS_KEY },
};

/** Returns the arguments of the stack's bucket. */
export function bucketArgs(
  stack: StackConfig,
  awsS3: AwsS3Config,
  namespaces: PlacedNamespaces,
): BackupBucketArgs {
  const { role, user, retentionDays = longestRetention(stack).days, ...rest } = awsS3;
  const users = usersOfBackups(stack);
  const placed = (name: string) => namespaces[name] ?? name;
  const namespace = placed(stack.namespace);
  const accountsIn = (name: string) => [
    ...users.filter((user) => namespaceOf(stack, user) === name).map(clusterName),
    ...dumpAccountsIn(stack, name),
  ];
  const elsewhere = Object.keys(stack.namespaces).filter(
    (name) => name !== stack.namespace && accountsIn(name).length > 0,
  );
  return {
    ...rest,
    retentionDays,
    ...(role && { role: { ...role, ...accountsOf(stack, accountsIn, elsewhere, placed) } }),
    ...(user && {
      user: { ...user, namespace, ...(elsewhere.length > 0 && { elsewhere }) },
    }),
  };
}

/** Returns the service accounts by namespace, in the first of them those of the stack's own if it has any. */
function accountsOf(
  { namespace }: StackConfig,
  accountsIn: (name: string) => string[],
  elsewhere: readonly string[],
  placed: (name: string) => pulumi.Input<string>,
): Omit<BackupBucketRoleArgs, "oidcProviderArn"> {
  const isOwn = accountsIn(namespace).length > 0 || elsewhere.length === 0;
  const [first = namespace, ...others] = isOwn ? [namespace, ...elsewhere] : elsewhere;
  const of = (name: string) => ({ namespace: placed(name), serviceAccounts: accountsIn(name) });
  return { ...of(first), ...(others.length > 0 && { elsewhere: others.map(of) }) };
}

/**
 * Returns the arguments of the stack's store at another service, by the name of its component: one for each namespace, whose
 * databases and logical backups read its Secret.
 */
export function storesArgs(
  stack: StackConfig,
  s3Compatible: S3CompatibleConfig,
  namespaces: PlacedNamespaces,
): Record<string, { component: string; args: S3CompatibleStoreArgs }> {
  const users = new Set(usersOfBackups(stack).map((declared) => namespaceOf(stack, declared)));
  const isUsed = (name: string) => users.has(name) || dumpAccountsIn(stack, name).length > 0;
  return Object.fromEntries(
    Object.keys(stack.namespaces)
      .filter((name) => name === stack.namespace || isUsed(name))
      .map((name) => {
        const isOwn = name === stack.namespace;
        const { secretName = isOwn ? undefined : BACKUPS } = s3Compatible;
        const args = {
          ...s3Compatible,
          namespace: namespaces[name] ?? name,
          ...(secretName !== undefined && { secretName }),
        };
        return [name, { component: isOwn ? BACKUPS : `${BACKUPS}-${name}`, args }];
      }),
  );
}

/** Returns the databases that write to the stack's store, are created from it, or follow it once they are demoted. */
function usersOfBackups(stack: StackConfig): Declared[] {
  return databasesOf(stack).filter(
    ({ config }) =>
      writesThere(config) ||
      ("source" in config && readsThere(stack, config)) ||
      ("replica" in config && followsThere(stack, config)),
  );
}

function followsThere({ replicas }: StackConfig, { replica }: ClusterConfig): boolean {
  const partner = replicas[replica?.cluster ?? ""];
  return partner !== undefined && writesThere(partner);
}

function writesThere({ backup }: DatabaseConfig): boolean {
  return backup !== false && backup?.store === undefined;
}

function readsThere({ clusters }: StackConfig, { source }: RecoveryConfig | ReplicaConfig) {
  const cluster = source.cluster === undefined ? undefined : clusters[source.cluster];
  return cluster ? writesThere(cluster) : source.store === undefined;
}

/** Returns the longest retention in the stack's store, and the database that sets it. */
function longestRetention(stack: StackConfig): { days: number; of: Declared | undefined } {
  const kept = databasesOf(stack)
    .filter(({ config }) => writesThere(config))
    .map((of) => ({ of, days: daysOf(retentionOf(of.config)) }));
  const none = { days: daysOf(BACKUP_DEFAULTS.retention), of: undefined };
  const [first, ...others] = kept;
  return others.reduce((most, one) => (one.days > most.days ? one : most), first ?? none);
}

function retentionOf({ backup = {} }: DatabaseConfig): string {
  return (backup === false ? undefined : backup.retention) ?? BACKUP_DEFAULTS.retention;
}

/** A malformed retention is reported where it is declared. */
function daysOf(retention: string): number {
  return retentionDays(retention) ?? Number.NaN;
}

/** Validates the stores of the backups. */
export function backupsViolations(stack: StackConfig): Violation[] {
  const { backups } = stack;
  if (!backups) return noPlace(stack);
  const { awsS3, s3Compatible, store } = backups;
  return [
    ...onePlace(backups),
    ...(store ? storeViolations(store) : []),
    ...(awsS3
      ? [
          ...shortRetention(stack, awsS3),
          ...under(
            "backups.awsS3",
            backupBucket.validate(BACKUPS, bucketArgs(stack, awsS3, {})).violations,
          ),
        ]
      : []),
    ...(s3Compatible
      ? under(
          "backups.s3Compatible",
          s3CompatibleStore.validate(BACKUPS, { ...s3Compatible, namespace: stack.namespace })
            .violations,
        )
      : []),
  ];
}

/** Validates the stack's own store once, and not at each database. */
function storeViolations(store: BackupStore): Violation[] {
  return storeRules
    .flatMap((rule) => rule.check({ backup: { store } }))
    .map((violation) => ({
      ...violation,
      path: violation.path.replace(/^backup\.store/, "backups.store"),
    }));
}

function onePlace(backups: BackupsConfig): Violation[] {
  const places = Object.keys(backups);
  if (places.length === 1) return [];
  return [
    {
      path: "backups",
      value: places.length === 0 ? {} : "[not shown]",
      reason:
        places.length === 0 ? "must name a store" : `must not have both ${places.join(" and ")}`,
      remedy: "Use one of awsS3, s3Compatible and store",
    },
  ];
}

/** Finds databases with `backup` but without a store. */
function noPlace(stack: StackConfig): Violation[] {
  return databasesOf(stack)
    .filter(({ config: { backup } }) => backup !== false && backup && backup.store === undefined)
    .map(({ kind, key }) => ({
      path: `${propertyPath([kind, key])}.backup.store`,
      value: undefined,
      reason: "must be set, because the stack declares no backups",
      remedy: "Declare backups of the stack, or set a store for this database",
    }));
}

function shortRetention(stack: StackConfig, { retentionDays }: AwsS3Config): Violation[] {
  const { days, of } = longestRetention(stack);
  if (retentionDays === undefined || !of || retentionDays >= days) return [];
  return [
    {
      path: "backups.awsS3.retentionDays",
      value: retentionDays,
      reason: `${propertyPath([of.kind, of.key])} keeps backups for ${days} days, and those deleted by mistake could not be restored for as long`,
      remedy: `Use ${days} or more, or leave it out`,
    },
  ];
}

/** Databases with an archive need the plugin, which has to be declared. */
export function pluginMissing(stack: StackConfig): Violation[] {
  if (stack.platform.barmanCloudPlugin) return [];
  const store = stackStore(stack);
  const user = databasesOf(stack).find(
    ({ config }) => "source" in config || backupOf(config, store) !== undefined,
  );
  if (!user) return [];
  const { certManager } = stack.platform;
  return [
    {
      path: "platform.barmanCloudPlugin",
      value: undefined,
      reason: `is required by ${propertyPath([user.kind, user.key])} for its archive`,
      remedy: `Add barmanCloudPlugin: {}${certManager ? "" : " and certManager: {}"}, with install: false for what is already installed`,
    },
  ];
}
