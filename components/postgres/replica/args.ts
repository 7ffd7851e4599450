import type * as pulumi from "@pulumi/pulumi";
import type { ClusterArgs } from "../cluster/args/common";
import type { RecoveredDatabaseArgs, RecoverySourceArgs } from "../recovery/args";

/** How a replica cluster streams from its source. Its Secrets are in the namespace of the replica cluster. */
export interface ReplicaConnectionArgs {
  /** Host of the source's primary, by a name that its certificate holds: `cluster.hostRw` of the source. */
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
   * Database and owner, which the source has. The owner's password, `roles` and `databases` come into force with the
   * promotion; until then all is as in the source.
   */
  database: RecoveredDatabaseArgs;
  /**
   * The way to the source for streaming, so that the replica is seconds behind it. While it is not reachable, the archive goes
   * on.
   *
   * @default - the archive alone: as far behind as the source archives, five minutes at the most by `archive_timeout`
   */
  connection?: ReplicaConnectionArgs;
  /**
   * How far behind the source the replica keeps on purpose, as `"8h"`, so that a mistake there can still be caught here.
   *
   * @default - not at all
   */
  minApplyDelay?: string;
  /**
   * Whether the cluster is a primary of its own. **There is no way back**: once promoted, source and replica are two databases,
   * and the only way to a replica is a new one. Everything that is in the archive by then is replayed first.
   *
   * @default false
   */
  promote?: boolean;
  /**
   * Demotion token of a source that has been demoted (`status.demotionToken` of its Cluster), for a switchover without loss: the
   * promotion waits until all that the source has written is here. To be given together with `promote`.
   *
   * @default - none: promoted with what is in the archive
   * @see https://cloudnative-pg.io/docs/1.30/replica_cluster#promoting-a-replica-to-a-primary-cluster
   */
  promotionToken?: pulumi.Input<string>;
  /**
   * How long the creation may take, as `"90m"`.
   *
   * @default "6h"
   */
  timeout?: string;
}
