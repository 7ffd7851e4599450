import * as pulumi from "@pulumi/pulumi";
import { createCredentials } from "../cluster/credentials";
import { createContent } from "../cluster/content";
import { createClusterExposed } from "../cluster/exposed";
import { createMonitoring } from "../cluster/monitoring";
import { createSqlCheck } from "../cluster/initial-sql/check";
import { createNetworkPolicy } from "../cluster/network-policy";
import { createCluster, createClusterArchive, createClusterSchedule } from "../cluster/object";
import type { ExposedEndpoint } from "../exposure/args";
import { clusterOutputs, type ClusterOutputs } from "../cluster/outputs";
import type { PoolerCredentials } from "../pooler/args";
import type { RecoveryClusterArgs } from "./args";
import { apartFromSource, createSource, recoveryOrigin } from "./source";
import { recoveredOrEmpty } from "./empty";
import { lookForBackup } from "./look/look";
import { recoveryCluster } from "./values";

/**
 * A new cluster with the data of another one, as they were at any moment since its oldest backup. The source may be
 * running, broken or deleted: its archive is only read. `pulumi up` returns when the new cluster serves.
 *
 * It has its own name, size, instances and credentials; roles, databases and everything in them come with the data.
 * With `backup` it has its own archive, and can be recovered as well.
 *
 * It requires the CloudNativePG operator and the Barman Cloud plugin, and the source's major version of PostgreSQL.
 *
 * @example
 * ```typescript
 * const restored = new RecoveryCluster("orders-restored", {
 *   namespace: "shop",
 *   storage: { size: "100Gi" },
 *   source: { store: bucket.store, serverName: "orders-1f0c9a2e" },
 *   database: { name: "orders", owner: "orders" },
 *   target: { time: "2026-11-21T08:00:39Z" },
 *   backup: { store: bucket.store },
 * });
 * ```
 *
 * @throws InputPropertiesError with all errors in the arguments, before anything is registered.
 *
 * @see https://cloudnative-pg.io/docs/1.30/recovery
 */
export class RecoveryCluster extends pulumi.ComponentResource implements ClusterOutputs {
  /** Name of the Cluster object, known as soon as it is about to be created. */
  public readonly name!: pulumi.Output<string>;
  /** Namespace of the cluster. */
  public readonly namespace!: pulumi.Output<string>;
  /** Host name of the primary, for reads and writes. */
  public readonly hostRw!: pulumi.Output<string>;
  /** Host name of the replicas, for reads that may be a moment behind. With one instance it has no endpoint. */
  public readonly hostRo!: pulumi.Output<string>;
  /** Host name of all instances, for reads. */
  public readonly hostR!: pulumi.Output<string>;
  /** Port of PostgreSQL. */
  public readonly port!: pulumi.Output<number>;
  /** Name of the database. */
  public readonly database!: pulumi.Output<string>;
  /** Role that owns the database. */
  public readonly user!: pulumi.Output<string>;
  /**
   * Name of the Secret with the owner's `username` and `password`. A generated one has `host`, `port`, `dbname`, `uri`,
   * `libpq-uri`, `jdbc-uri` and `pgpass`, too.
   */
  public readonly ownerSecretName!: pulumi.Output<string>;
  /** Names of the Secrets of the `roles` with a generated password, by role. */
  public readonly roleSecretNames!: pulumi.Output<Record<string, string>>;
  /** Name of the Secret whose `ca.crt` clients verify the server by: `sslmode=verify-full`. */
  public readonly caSecretName!: pulumi.Output<string>;
  /** `max_connections` of each instance, to size poolers by. */
  public readonly maxConnections!: pulumi.Output<number>;
  /**
   * Connection URI of the owner, a secret. Undefined with `database.ownerSecret`, and when the owner logs in by
   * certificate.
   */
  public readonly uri?: pulumi.Output<string>;
  /** Login of the owner, a secret, for the `credentials` of poolers. Undefined where `uri` is. */
  public readonly credentials?: pulumi.Output<PoolerCredentials>;
  /** Name of the cluster's own archive in the store of `backup`. Undefined without it. */
  public readonly backupServerName?: pulumi.Output<string>;
  /** Where clients outside of Kubernetes reach the cluster, in the order of `exposed`. Undefined without it. */
  public readonly exposedEndpoints?: pulumi.Output<ExposedEndpoint[]>;

  constructor(name: string, args: RecoveryClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const values = recoveryCluster.accept(name, args);
    super("ha-postgres:index:RecoveryCluster", name, {}, opts);

    const { database, target, timeout } = values;
    const look = values.createIfEmpty ? lookForBackup(this, name, values) : undefined;
    const credentials = createCredentials(this, name, values, database);
    const check = createSqlCheck(this, name, values, { dependsOn: [] });
    const networkPolicy = createNetworkPolicy(this, name, values, check ? [check] : []);
    const source = createSource(this, name, values);
    const own = createClusterArchive(this, name, values);
    const archive = apartFromSource(`RecoveryCluster "${name}"`, own, values);
    const cluster = createCluster(this, name, values, {
      origin: look
        ? recoveredOrEmpty(values, recoveryOrigin(values, source, target), look.found)
        : recoveryOrigin(values, source, target),
      archive,
      dependsOn: [
        ...(credentials?.secrets ?? []),
        check,
        networkPolicy,
        ...(look?.resources ?? []),
      ],
      createTimeout: timeout,
    });
    createContent(this, name, values, cluster);
    createClusterSchedule(this, name, values, archive, cluster);
    createMonitoring(this, name, values, cluster);
    const exposed = createClusterExposed(this, name, values, cluster);

    const outputs = clusterOutputs(values, {
      cluster,
      networkPolicy,
      archive,
      credentials,
      exposed,
    });
    Object.assign(this, outputs);
    this.registerOutputs(outputs);
  }
}
