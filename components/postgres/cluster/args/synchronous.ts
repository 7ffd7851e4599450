/** The method by which a commit chooses the replicas that it waits for. */
export const SynchronousMethod = {
  /** Any of them: the quickest to answer count. */
  Any: "any",
  /** The first of them in order, as long as they are available. */
  First: "first",
  /** None: a failover may lose the last commits. */
  Off: "off",
} as const;

export type SynchronousMethod = (typeof SynchronousMethod)[keyof typeof SynchronousMethod];

/** The behaviour of writes when too few replicas are available. */
export const DataDurability = {
  /** They wait: no commit is ever acknowledged without its copies. */
  Required: "required",
  /** They continue with fewer copies: a loss in that time loses commits. */
  Preferred: "preferred",
} as const;

export type DataDurability = (typeof DataDurability)[keyof typeof DataDurability];

/**
 * Synchronous replication. All of it can change without a restart.
 *
 * @see https://cloudnative-pg.io/docs/1.30/replication
 */
export interface ClusterSynchronousArgs {
  /**
   * The method by which the replicas that a commit waits for are chosen. Reloaded without a restart.
   *
   * @default SynchronousMethod.Any, which one slow replica cannot hold up
   */
  method?: SynchronousMethod;
  /**
   * Replicas that a commit waits for.
   *
   * @default 1
   */
  number?: number;
  /**
   * The behaviour of commits when fewer replicas are available than they wait for. Reloaded without a restart.
   *
   * @default DataDurability.Required, with 2 instances DataDurability.Preferred
   */
  dataDurability?: DataDurability;
  /**
   * Whether a failover needs proof that the replica to promote has every acknowledged commit.
   *
   * @default - true with required durability, false otherwise, where no proof exists
   * @see https://cloudnative-pg.io/docs/1.30/failover
   */
  failoverQuorum?: boolean;
}
