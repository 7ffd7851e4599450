import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import { ONLINE_SNAPSHOT } from "../archive";
import { BackupMethod, BackupTarget } from "../args";
import { backupRequest } from "../schedule";
import type { OnDemandBackupArgs } from "./args";
import { onDemandBackup, type OnDemandBackupValues } from "./values";

/**
 * One base backup of a cluster, taken now. `pulumi up` returns when the cluster can be restored from it.
 *
 * It is taken from the primary, regardless of the cluster's `backup.target`, since a Backup from a replica is `completed`
 * when its files are in the store, and not when the WAL that they need is archived. The primary has to read all files for
 * it. Of a replica cluster it is complete once the source's primary has ended the WAL file in which it ends.
 *
 * It is taken once: to take another, set another `backupName`. Removing it removes the Backup object, but nothing from the
 * store.
 *
 * @example
 * ```typescript
 * const before = new OnDemandBackup(
 *   "orders-before-migration",
 *   { namespace: "shop", cluster: db.name },
 *   { dependsOn: db },
 * );
 * ```
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * @see https://cloudnative-pg.io/docs/1.30/backup#on-demand-backups
 */
export class OnDemandBackup extends pulumi.ComponentResource {
  /** Name of the Backup object, known once the backup is complete. */
  public readonly name: pulumi.Output<string>;
  /** Namespace of the backup. */
  public readonly namespace: pulumi.Output<string>;

  constructor(name: string, args: OnDemandBackupArgs, opts?: pulumi.ComponentResourceOptions) {
    const values = onDemandBackup.accept(name, args);
    super("ha-postgres:index:OnDemandBackup", name, {}, opts);

    const backup = createBackup(this, name, values);
    this.name = backup.metadata.name;
    this.namespace = backup.metadata.namespace;
    this.registerOutputs({ name: this.name, namespace: this.namespace });
  }
}

function createBackup(
  parent: OnDemandBackup,
  name: string,
  values: OnDemandBackupValues,
): k8s.apiextensions.CustomResource {
  const { namespace, cluster, backupName, timeout = "2h" } = values;
  const { method = BackupMethod.Plugin } = values;
  return new k8s.apiextensions.CustomResource(
    `${name}-backup`,
    {
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "Backup",
      metadata: {
        name: backupName,
        namespace,
        labels: recommendedLabels("postgresql", backupName, "backup"),
        annotations: { "pulumi.com/waitFor": "jsonpath={.status.phase}=completed" },
      },
      spec: {
        ...backupRequest(cluster, method),
        target: BackupTarget.Primary,
        // Set explicitly, since a Cluster may have PostgreSQL stopped for them, and this is its primary.
        ...(method === BackupMethod.VolumeSnapshot && {
          online: true,
          onlineConfiguration: ONLINE_SNAPSHOT,
        }),
      },
    },
    {
      parent,
      // CloudNativePG rejects all changes of a Backup.
      replaceOnChanges: ["spec"],
      deleteBeforeReplace: true,
      customTimeouts: { create: timeout },
    },
  );
}
