import type * as pulumi from "@pulumi/pulumi";
import type { ClusterArgs } from "../cluster/args/common";
import type { RecoveredDatabaseArgs, RecoverySourceArgs } from "../recovery/args";

/**
 * The connection by which a replica cluster streams from its source. Its Secrets are in the replica cluster's
 * namespace.
 */
export interface ReplicaConnectionArgs {
  /** Host of the source's primary, by a name that its certificate contains: `cluster.hostRw` of the source. */
  host: pulumi.Input<string>;
  /** Secret with `ca.crt`, the authority of the source's server certificate. */
  serverCaSecret: pulumi.Input<string>;
  /** Secret of type `kubernetes.io/tls` with a certificate of the role `streaming_replica` that the source accepts. */
  replicationTlsSecret: pulumi.Input<string>;
  /**
   * Port of the source.
   *
   * @default 5432
   */
  port?: number;
}

/** Arguments of ReplicaCluster. */
export interface ReplicaClusterArgs extends ClusterArgs {
  /** Archive that the replica is created from and follows. */
  source: RecoverySourceArgs;
  /**
   * Database and owner, as in the source. The owner's password, `roles` and `databases` take effect with the promotion;
   * until then everything is as in the source.
   */
  database: RecoveredDatabaseArgs;
  /**
   * Connection to the source for streaming, so that the replica is seconds behind it. While the source is not
   * reachable, the replica follows the archive.
   *
   * @default - the archive alone: behind by what is not archived yet, at most five minutes by `archive_timeout`
   */
  connection?: ReplicaConnectionArgs;
  /**
   * Time by which the replica stays behind the source on purpose, such as `"8h"`, so that a mistake there can still be
   * caught here.
   *
   * @default - none
   */
  minApplyDelay?: string;
  /**
   * Whether the cluster is a primary. Everything that is in the archive by then is replayed first. **Without a demotion of the
   * source this cannot be undone**: source and replica are then two databases, and only a new ReplicaCluster is a replica again. If
   * the source was demoted for it (`replica` of PostgresCluster) and `promotionToken` is set, false demotes it again: it follows
   * the source, which `status.demotionToken` of its Cluster promotes.
   *
   * @default false
   */
  promote?: boolean;
  /**
   * Demotion token of a source that has been demoted (`status.demotionToken` of its Cluster), for a switchover without
   * loss: the promotion waits until everything that the source has written is here. Requires `promote`.
   *
   * @default - none: promoted with what is in the archive
   * @see https://cloudnative-pg.io/docs/1.30/replica_cluster#promoting-a-replica-to-a-primary-cluster
   */
  promotionToken?: pulumi.Input<string>;
  /**
   * Whether it is promoted without a token because the source is lost: **what has not arrived from it is lost, too.** Only a
   * replica that was a primary before needs it, since the API server refuses it otherwise, by a policy that CloudNativePgOperator
   * installs; and in a stack one whose source has it as `replica`. Requires `promote`.
   *
   * @default false
   */
  promoteWithoutToken?: boolean;
  /**
   * Maximum duration of the creation, such as `"90m"`.
   *
   * @default "6h"
   */
  timeout?: string;
}
