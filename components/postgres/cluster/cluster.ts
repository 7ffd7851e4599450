import * as pulumi from "@pulumi/pulumi";
import type { PostgresClusterArgs } from "./args";
import { createCredentials } from "./credentials";
import { createContent } from "./content";
import { initdb } from "./initdb";
import { createClusterExposed } from "./exposed";
import { createMonitoring } from "./monitoring";
import { createNetworkPolicy } from "./network-policy";
import { createCluster, createClusterArchive, createClusterSchedule } from "./object";
import { createSqlCheck } from "./initial-sql/check";
import { createSqlObjects } from "./initial-sql/files";
import { asynchronous, createPair, DEMOTED, demotionTokenOf } from "../demotion/demotion";
import type { ExposedEndpoint } from "../exposure/args";
import { clusterOutputs, type ClusterOutputs } from "./outputs";
import type { PoolerCredentials } from "../pooler/args";
import { postgresCluster } from "./values";

/**
 * A highly available PostgreSQL cluster: instances on separate hosts and in separate zones, commits that are on two of
 * them before they are acknowledged, settings that follow from its size, TLS for every login. Arguments that would not
 * be highly available are refused before anything is created. `pulumi up` returns when the cluster serves.
 *
 * It requires the CloudNativePG operator (CloudNativePgOperator installs it), and a StorageClass.
 *
 * Deleting it deletes the volumes of its instances: see `deletionProtection`.
 *
 * @example
 * ```typescript
 * const db = new PostgresCluster("orders", {
 *   namespace: "shop",
 *   storage: { size: "100Gi", storageClass: "fast-retain" },
 *   resources: { cpu: "2", memory: "8Gi" },
 *   database: { name: "orders", extensions: ["pg_trgm"], schemaFiles: ["sql/schema.sql"] },
 *   backup: { store: bucket.store },
 *   deletionProtection: true,
 * });
 * export const host = db.hostRw;
 * export const secret = db.ownerSecretName;
 * ```
 *
 * @throws InputPropertiesError with all errors in the arguments, before anything is registered.
 *
 * @see https://cloudnative-pg.io/docs/1.30/
 */
export class PostgresCluster extends pulumi.ComponentResource implements ClusterOutputs {
  /**
   * Name of the Cluster object. It is known as soon as the cluster is about to be created, so that its poolers start at
   * the same time: clients should use a host, which is known once the cluster serves.
   */
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
  /** Name of the database that the cluster was created with. */
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
   * Connection URI of the owner, a secret. Undefined with `database.ownerSecret`, whose password this program does not
   * know, and when the owner logs in by certificate. While the cluster is demoted, the password of the other one applies.
   */
  public readonly uri?: pulumi.Output<string>;
  /** Login of the owner, a secret, for the `credentials` of poolers. Undefined where `uri` is. */
  public readonly credentials?: pulumi.Output<PoolerCredentials>;
  /**
   * Name of the cluster's archive in the store of `backup`, by which a RecoveryCluster finds it. It is new whenever the
   * database is created, so record it in a place that outlives the stack. Undefined without `backup`.
   */
  public readonly backupServerName?: pulumi.Output<string>;
  /** Where clients outside of Kubernetes reach the cluster, in the order of `exposed`. Undefined without it. */
  public readonly exposedEndpoints?: pulumi.Output<ExposedEndpoint[]>;
  /** Token for the promotion of the other cluster of the pair. Undefined unless `replica.enabled`. */
  public readonly demotionToken?: pulumi.Output<string>;

  constructor(name: string, args: PostgresClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const values = postgresCluster.accept(name, args);
    super("ha-postgres:index:PostgresCluster", name, {}, opts);

    const { database } = values;
    const credentials = createCredentials(this, name, values, database);
    const sql = createSqlObjects(this, name, values);
    const check = createSqlCheck(this, name, values, { created: values, dependsOn: sql });
    // With it the cluster's name is known, so that poolers wait for no cluster whose SQL is wrong.
    const networkPolicy = createNetworkPolicy(this, name, values, check ? [check] : []);
    const archive = createClusterArchive(this, name, values);
    const pair = createPair(this, name, values);
    const isDemoted = values.replica?.enabled === true;
    const current = isDemoted ? asynchronous(values) : values;
    const cluster = createCluster(this, name, current, {
      origin: { bootstrap: { initdb: initdb(values) }, ...pair },
      archive,
      dependsOn: [...(credentials?.secrets ?? []), ...sql, check, networkPolicy],
      createTimeout: "20m",
      promoteWithoutToken: values.replica?.promoteWithoutToken,
      ...(isDemoted && { waitFor: [DEMOTED] }),
    });
    createContent(this, name, { ...values, isDemoted }, cluster);
    createClusterSchedule(this, name, values, archive, cluster);
    const monitored = isDemoted
      ? { streaming: values.replica?.connection !== undefined }
      : undefined;
    createMonitoring(this, name, current, cluster, monitored);
    const exposed = createClusterExposed(this, name, values, cluster);

    const outputs = {
      ...clusterOutputs(values, {
        cluster,
        networkPolicy,
        archive,
        // Of a demoted one the password is that of the other, and applications are not sent here; but a Secret that is
        // deleted would be missing after the way back, and before it for whoever starts.
        credentials,
        exposed,
      }),
      ...(isDemoted && { demotionToken: demotionTokenOf(cluster, values.clusterName) }),
    };
    Object.assign(this, outputs);
    this.registerOutputs(outputs);
  }
}
