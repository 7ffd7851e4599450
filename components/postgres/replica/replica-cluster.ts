import * as pulumi from "@pulumi/pulumi";
import type { MonitoredReplicaArgs } from "../../monitoring/cluster-monitoring/args";
import { parseDuration } from "../../formats/durations";
import { createCredentials } from "../cluster/credentials";
import { createContent } from "../cluster/content";
import { createClusterExposed } from "../cluster/exposed";
import { createMonitoring } from "../cluster/monitoring";
import { createSqlCheck } from "../cluster/initial-sql/check";
import { createNetworkPolicy } from "../cluster/network-policy";
import { createCluster, createClusterArchive, createClusterSchedule } from "../cluster/object";
import { clusterOutputs, type ClusterOutputs } from "../cluster/outputs";
import { asynchronous } from "../demotion/demotion";
import type { ExposedEndpoint } from "../exposure/args";
import type { PoolerCredentials } from "../pooler/args";
import { apartFromSource, createSource } from "../recovery/source";
import { replicaCluster, type ReplicaValues } from "./values";
import type { ReplicaClusterArgs } from "./args";
import { replicaOrigin } from "./origin";

/**
 * A permanent replica of another cluster, elsewhere: created from its archive, it follows the archive and, if the
 * source is reachable, streams from it. It is read-only until `promote: true` makes it an independent primary, with
 * everything that is in the archive by then.
 *
 * Before a promotion make sure that no client writes to the source any more: later writes there are missing here.
 *
 * It requires the CloudNativePG operator and the Barman Cloud plugin, and the source's major version of PostgreSQL.
 *
 * @example
 * ```typescript
 * const standby = new ReplicaCluster("orders-standby", {
 *   namespace: "shop",
 *   storage: { size: "100Gi" },
 *   source: { store: bucket.store, serverName: db.backupServerName! },
 *   database: { name: db.database, owner: db.user },
 *   backup: { store: otherBucket.store },
 *   promote: false,
 * });
 * ```
 *
 * @throws InputPropertiesError with all errors in the arguments, before anything is registered.
 *
 * @see https://cloudnative-pg.io/docs/1.30/replica_cluster
 */
export class ReplicaCluster extends pulumi.ComponentResource implements ClusterOutputs {
  /** Name of the Cluster object, known as soon as it is about to be created. */
  public readonly name!: pulumi.Output<string>;
  /** Namespace of the cluster. */
  public readonly namespace!: pulumi.Output<string>;
  /**
   * Host name of the primary, or of the instance that would be promoted. Before the promotion it accepts reads only.
   */
  public readonly hostRw!: pulumi.Output<string>;
  /** Host name of the other instances, for reads. With one instance it has no endpoint. */
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
   * Name of the Secret with the owner's `username` and `password`. Before the promotion the source's password applies.
   */
  public readonly ownerSecretName!: pulumi.Output<string>;
  /** Names of the Secrets of the `roles` with a generated password, by role. Empty before the promotion. */
  public readonly roleSecretNames!: pulumi.Output<Record<string, string>>;
  /** Name of the Secret whose `ca.crt` clients verify the server by: `sslmode=verify-full`. */
  public readonly caSecretName!: pulumi.Output<string>;
  /** `max_connections` of each instance, to size poolers by. */
  public readonly maxConnections!: pulumi.Output<number>;
  /** Connection URI of the owner, a secret. Undefined before the promotion, and where that of a RecoveryCluster is. */
  public readonly uri?: pulumi.Output<string>;
  /** Login of the owner, a secret, for the `credentials` of poolers. Undefined where `uri` is. */
  public readonly credentials?: pulumi.Output<PoolerCredentials>;
  /** Name of the cluster's own archive in the store of `backup`. Undefined without it. */
  public readonly backupServerName?: pulumi.Output<string>;
  /** Where clients outside of Kubernetes reach the cluster, in the order of `exposed`. Undefined without it. */
  public readonly exposedEndpoints?: pulumi.Output<ExposedEndpoint[]>;

  constructor(name: string, args: ReplicaClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const values = replicaCluster.accept(name, args);
    super("ha-postgres:index:ReplicaCluster", name, {}, opts);

    const { database, promote, promoteWithoutToken, timeout } = values;
    const credentials = createCredentials(this, name, values, database);
    const check = createSqlCheck(this, name, values, { dependsOn: [] });
    const networkPolicy = createNetworkPolicy(this, name, values, check ? [check] : []);
    const source = createSource(this, name, values);
    const own = createClusterArchive(this, name, values);
    const archive = apartFromSource(`ReplicaCluster "${name}"`, own, values);
    const current = promote ? values : asynchronous(values);
    const cluster = createCluster(this, name, current, {
      origin: replicaOrigin(values, source),
      archive,
      dependsOn: [...(credentials?.secrets ?? []), check, networkPolicy],
      createTimeout: timeout,
      promoteWithoutToken,
    });
    // They would wait for the promotion, and the deployment for them.
    if (promote) createContent(this, name, values, cluster);
    createClusterSchedule(this, name, values, archive, cluster);
    createMonitoring(this, name, current, cluster, promote ? undefined : monitoredReplica(values));
    const exposed = createClusterExposed(this, name, values, cluster);

    const outputs = clusterOutputs(promote ? values : { ...values, roles: [] }, {
      cluster,
      networkPolicy,
      archive,
      // Before the promotion the source's password applies.
      credentials: promote ? credentials : undefined,
      exposed,
    });
    Object.assign(this, outputs);
    this.registerOutputs(outputs);
  }
}

/** The replica for the alerts, which has no primary and may be behind on purpose. */
function monitoredReplica({ connection, minApplyDelay }: ReplicaValues): MonitoredReplicaArgs {
  return {
    streaming: connection !== undefined,
    applyDelaySeconds: parseDuration(minApplyDelay ?? "") ?? 0,
  };
}
