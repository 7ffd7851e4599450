import type * as pulumi from "@pulumi/pulumi";
import type { BackupStore } from "../../../backup/args/store";
import type { ReplicaConnectionArgs } from "../../replica/args";

/** The archive of the other cluster of a pair, which is only read. */
export interface ClusterReplicaSourceArgs {
  /** Store of its archive, with Secrets in the namespace of **this** cluster. */
  store: BackupStore;
  /** Name of its archive in the store: `backupServerName` of its component, or the name of its folder in the bucket. */
  serverName: pulumi.Input<string>;
}

/**
 * The other cluster of a pair whose two clusters exchange their roles, and which of the two this one has. The other one is a
 * ReplicaCluster of this one with a `backup` of its own.
 *
 * @see https://cloudnative-pg.io/docs/1.30/replica_cluster#demoting-a-primary-to-a-replica-cluster
 */
export interface ClusterReplicaArgs {
  /**
   * Whether the cluster is demoted: it stops, archives what was written last, and follows the other one, read-only. All
   * connections end. The deployment waits for the token with which the other one is promoted, `demotionToken`. Back to false, it
   * is promoted again, with `promotionToken` without a loss. A cluster cannot be created with true.
   */
  enabled: boolean;
  /** Archive of the other cluster, which a demoted one follows. */
  source: ClusterReplicaSourceArgs;
  /**
   * Connection to the other cluster for streaming, so that a demoted one is seconds behind it.
   *
   * @default - the archive alone
   */
  connection?: ReplicaConnectionArgs;
  /**
   * Demotion token of the other cluster (`status.demotionToken` of its Cluster), with which this one is promoted again: it waits
   * until everything that the other one has written is here. Without it the API server refuses the promotion. Set it in the
   * deployment that sets `enabled` to false; it may stay.
   *
   * @default - none
   */
  promotionToken?: pulumi.Input<string>;
  /**
   * Whether a demoted cluster is promoted without a token, because the other one is lost: **what has not arrived from it is
   * lost, too.** Otherwise the API server refuses that, by a policy that CloudNativePgOperator installs. Remove it afterwards.
   *
   * @default false
   */
  promoteWithoutToken?: boolean;
}
