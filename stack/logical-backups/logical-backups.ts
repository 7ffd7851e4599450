import type * as pulumi from "@pulumi/pulumi";
import type { BackupStore, LogicalBackupArgs } from "../../components";
import { propertyPath } from "../../components/contract/schema";
import { type Violation, under } from "../../components/contract/violation";
import { logicalBackupFiles } from "../../components/postgres/logical-backup/rules/store";
import { logicalBackup } from "../../components/postgres/logical-backup/values";
import type { CommonValues } from "../../components/postgres/cluster/values-common";
import { backupOf } from "../backups/backups";
import {
  clusterName,
  databaseOf,
  namespaceOf,
  type Declared,
  type ValidateDatabase,
} from "../declared";
import { monitoringOf } from "../monitoring/monitoring";
import type { LogicalBackupConfig } from "./schema";
import type { StackConfig } from "../schema";
import { UNKNOWN } from "../unknown";
import { loginOf, loginViolations, ownerSecretOf, type LoginValues } from "./login";

/** What a logical backup needs of its database. */
export interface DumpedDatabase {
  name: pulumi.Input<string>;
  namespace: pulumi.Input<string>;
  database: pulumi.Input<string>;
  ownerSecretName: pulumi.Input<string>;
  caSecretName: pulumi.Input<string>;
}

/** The database as it is declared, with the names that are known before it is there. */
type Values = LoginValues & Pick<CommonValues, "image" | "version" | "imagePullSecrets">;

/** Returns the arguments of a logical backup. `store` is the stack's, as the database's namespace uses it. */
export function logicalBackupArgs(
  stack: StackConfig,
  config: LogicalBackupConfig,
  database: DumpedDatabase,
  { image, version, imagePullSecrets, ...values }: Values,
  store: BackupStore | undefined,
): LogicalBackupArgs {
  const declared = databaseOf(stack, config.cluster);
  const backup = declared && backupOf(declared.config, store);
  return {
    ...config,
    mirror: stack.mirror,
    namespace: database.namespace,
    cluster: database.name,
    database: config.database ?? database.database,
    loginSecret: config.loginSecret ?? loginOf(config, database.ownerSecretName, values),
    caSecret: config.caSecret ?? database.caSecretName,
    // Without one the arguments are refused.
    ...({ store: config.store ?? backup?.store ?? store } as Pick<LogicalBackupArgs, "store">),
    encryption: config.encryption ?? (config.store ? undefined : backup?.encryption),
    version,
    image,
    imagePullSecrets,
    monitoring: monitoringOf(stack, config.monitoring),
  };
}

/** Returns everything that is wrong with the logical backups of a stack. */
export function logicalBackupViolations(
  stack: StackConfig,
  store: BackupStore | undefined,
  validate: ValidateDatabase,
): Violation[] {
  return Object.entries(stack.logicalBackups).flatMap(([key, config]) => {
    const where = propertyPath(["logicalBackups", key]);
    const declared = databaseOf(stack, config.cluster);
    if (!declared) return [];
    const { values } = validate(declared);
    const args = logicalBackupArgs(stack, config, knownOf(stack, declared), values, store);
    const found = [
      ...((args.store as BackupStore | undefined) ? [] : [noStore(declared)]),
      ...loginViolations(stack, config, declared, args.loginSecret),
      ...logicalBackup.validate(key, args).violations.filter(({ path }) => path !== "store"),
    ];
    const isOwn = config.store !== undefined;
    return under(
      where,
      isOwn ? found : found.filter(({ path }) => !isOfDatabase(path, args, config)),
    );
  });
}

/** Whether something is told at the stack's own store, or at the backups of the database. */
function isOfDatabase(
  path: string,
  args: Partial<LogicalBackupArgs>,
  { encryption }: LogicalBackupConfig,
): boolean {
  if (path === "encryption") return encryption === undefined;
  const onlyHere = [...logicalBackupFiles.check(args)].map((violation) => violation.path);
  return path.startsWith("store.") && !onlyHere.includes(path);
}

function knownOf(stack: StackConfig, declared: Declared): DumpedDatabase {
  const name = clusterName(declared);
  return {
    name,
    namespace: namespaceOf(stack, declared),
    database: UNKNOWN,
    ownerSecretName: ownerSecretOf(declared),
    caSecretName: UNKNOWN,
  };
}

function noStore({ kind, key }: Declared): Violation {
  return {
    path: "store",
    value: undefined,
    reason: `must be set: neither the stack nor ${propertyPath([kind, key])} has a store`,
    remedy: "Set it, or declare backups of the stack",
  };
}
