import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { identityAnnotations } from "../../backup/identity";
import { logicalBackupRuleSpec } from "../../monitoring/alerts/logical-backup";
import { createRule } from "../../monitoring/objects";
import type { LogicalBackupArgs } from "./args";
import { dumpProgram } from "./program";
import { dumpFolder, logicalBackupLabels, restoreName } from "./names";
import { dumpCronJobSpec, restoreCronJobSpec } from "./spec";
import { logicalBackup, type LogicalBackupValues } from "./values";

/**
 * Dumps of one database, made by `pg_dump` on a schedule and kept in a store: for single tables, another version of PostgreSQL
 * or another place. They are beside base backups and WAL, not instead of them: what was written after the last dump is in
 * none. Roles are in none, either.
 *
 * A dump is made of a replica by default, checked in, hashed, and deleted by age, except the last one. A second CronJob, which
 * never runs by itself, fetches a dump and waits with `pg_restore` at hand: `kubectl create job --from=cronjob/<name>-restore`.
 *
 * A NetworkPolicy of the cluster that names its `clients` must admit the pods, whose label is
 * `app.kubernetes.io/component: logical-backup`. With `store.roleArn` and the like, the role must trust the service account
 * with the name of the component.
 *
 * @example
 * ```typescript
 * const dumps = new LogicalBackup("orders-dump", {
 *   namespace: "shop",
 *   cluster: db.name,
 *   database: "orders",
 *   store: bucket.store,
 * });
 * ```
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * @see https://www.postgresql.org/docs/18/app-pgdump.html
 */
export class LogicalBackup extends pulumi.ComponentResource {
  /** Name of the CronJob that makes dumps. */
  public readonly name: pulumi.Output<string>;
  /** Name of the CronJob that Jobs which fetch a dump are made of. */
  public readonly restoreName: pulumi.Output<string>;
  /** Folder of the dumps, below the address of the store. */
  public readonly folder: pulumi.Output<string>;

  constructor(name: string, args: LogicalBackupArgs, opts?: pulumi.ComponentResourceOptions) {
    const values = logicalBackup.accept(name, args);
    super("ha-postgres:index:LogicalBackup", name, {}, opts);

    const needed = [createAccount(this, name, values), createProgram(this, name, values)];
    const { backupName } = values;
    const folder = dumpFolder(values, values.generation ?? createGeneration(this, name));
    const placed = { ...values, folder };
    const dump = createCronJob(this, `${name}-dump`, placed, backupName, needed);
    const restore = createCronJob(this, `${name}-restore`, placed, restoreName(backupName), needed);
    createAlerts(this, name, values, dump);

    this.name = dump.metadata.name;
    this.restoreName = restore.metadata.name;
    this.folder = folder;
    this.registerOutputs({
      name: this.name,
      restoreName: this.restoreName,
      folder: this.folder,
    });
  }
}

function metadata({ namespace, backupName }: LogicalBackupValues, name = backupName) {
  return { name, namespace, labels: logicalBackupLabels(backupName) };
}

/** Who the pods are in a cloud. It has no rights in Kubernetes. */
function createAccount(
  parent: LogicalBackup,
  name: string,
  values: LogicalBackupValues,
): k8s.core.v1.ServiceAccount {
  const annotations = identityAnnotations([values.store]);
  return new k8s.core.v1.ServiceAccount(
    `${name}-account`,
    {
      metadata: {
        ...metadata(values),
        ...(Object.keys(annotations).length > 0 && { annotations }),
      },
      automountServiceAccountToken: false,
    },
    { parent },
  );
}

function createProgram(
  parent: LogicalBackup,
  name: string,
  values: LogicalBackupValues,
): k8s.core.v1.ConfigMap {
  return new k8s.core.v1.ConfigMap(
    `${name}-program`,
    { metadata: metadata(values), data: dumpProgram() },
    { parent },
  );
}

/**
 * Who of all that have these names writes to the folder: a stack of its own for each installation. Unlike an archive's it is
 * not bound to an object of Kubernetes: a database that is created again goes on with the dumps that there are.
 */
function createGeneration(parent: LogicalBackup, name: string): pulumi.Output<string> {
  return new random.RandomId(`${name}-generation`, { byteLength: 4 }, { parent }).hex;
}

function createCronJob(
  parent: LogicalBackup,
  name: string,
  values: LogicalBackupValues & { folder: pulumi.Output<string> },
  cronJobName: string,
  dependsOn: pulumi.Resource[],
): k8s.batch.v1.CronJob {
  const spec =
    cronJobName === values.backupName ? dumpCronJobSpec(values) : restoreCronJobSpec(values);
  return new k8s.batch.v1.CronJob(
    name,
    { metadata: metadata(values, cronJobName), spec },
    { parent, dependsOn },
  );
}

function createAlerts(
  parent: LogicalBackup,
  name: string,
  values: LogicalBackupValues,
  cronJob: pulumi.Resource,
): void {
  const { monitoring, backupName } = values;
  if (!monitoring) return;
  const { labels, severities, ageHours } = monitoring;
  const common = metadata(values);
  createRule(
    name,
    { ...common, labels: { ...labels, ...common.labels } },
    (namespace) => logicalBackupRuleSpec({ backupName, severities, ageHours }, namespace),
    { parent, dependsOn: [cronJob] },
  );
}
