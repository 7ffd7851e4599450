import * as pulumi from "@pulumi/pulumi";
import { createCredentials } from "../cluster/credentials";
import { createContent } from "../cluster/content";
import { createClusterExposed } from "../cluster/exposed";
import { createMonitoring } from "../cluster/monitoring";
import { createNetworkPolicy } from "../cluster/network-policy";
import { createCluster, createClusterArchive, createClusterSchedule } from "../cluster/object";
import type { ExposedEndpoint } from "../exposure/args";
import { clusterOutputs, type ClusterOutputs } from "../cluster/outputs";
import type { PoolerCredentials } from "../pooler/args";
import type { ImportedClusterArgs } from "./args";
import { createSqlCheck } from "../cluster/initial-sql/check";
import { createServerCheck } from "./check/check";
import { importOrigin } from "./origin";
import { importedCluster } from "./values";

/**
 * A new cluster with the data of a PostgreSQL that runs elsewhere: one database or several by pg_dump, or all of it by
 * pg_basebackup. The server is only read. A Job asks it first everything that the import depends on, so that what is
 * wrong is told within a minute, all at once, and before the cluster exists; another one tries
 * its libraries, if there are any. `pulumi up` returns when the cluster serves.
 *
 * What is written to the server after the import has begun is missing here: end the applications' writes before. After
 * the import the server is not needed any more; leave the declaration as it is.
 *
 * It requires the CloudNativePG operator.
 *
 * @example
 * ```typescript
 * const shop = new ImportedCluster("shop", {
 *   namespace: "shop",
 *   storage: { size: "100Gi" },
 *   server: {
 *     host: "db.example.com",
 *     user: "postgres",
 *     passwordSecret: { name: "old-db", key: "password" },
 *     caSecret: { name: "old-db", key: "ca.crt" },
 *   },
 *   database: { name: "shop", owner: "shop" },
 * });
 * ```
 *
 * @throws InputPropertiesError with all errors in the arguments, before anything is registered.
 *
 * @see https://cloudnative-pg.io/docs/1.30/database_import and https://cloudnative-pg.io/docs/1.30/bootstrap
 */
export class ImportedCluster extends pulumi.ComponentResource implements ClusterOutputs {
  /** Name of the Cluster object, known once the server has been found fit. */
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

  constructor(name: string, args: ImportedClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const values = importedCluster.accept(name, args);
    super("ha-postgres:index:ImportedCluster", name, {}, opts);

    const { database, timeout } = values;
    const credentials = createCredentials(this, name, values, database);
    const check = createServerCheck(this, name, values);
    const libraries = createSqlCheck(this, name, values, { dependsOn: [check] });
    const checks = [check, ...(libraries ? [libraries] : [])];
    // With it the cluster's name is known, so that poolers wait for no cluster whose server is wrong.
    const networkPolicy = createNetworkPolicy(this, name, values, checks);
    const archive = createClusterArchive(this, name, values);
    const cluster = createCluster(this, name, values, {
      origin: importOrigin(values),
      archive,
      dependsOn: [...(credentials?.secrets ?? []), ...checks, networkPolicy],
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
