import type { ClusterArgs } from "./common";
import type { ClusterDatabaseArgs } from "./database";
import type { ClusterReplicaArgs } from "./replica";

/** Arguments of PostgresCluster. */
export interface PostgresClusterArgs extends ClusterArgs {
  /**
   * The database that the cluster is created with. It is fixed at creation: later changes affect the credentials'
   * Secret at most, never the database.
   *
   * @default - database `app`, owned by role `app`
   */
  database?: ClusterDatabaseArgs;
  /**
   * A ReplicaCluster of this cluster with which it can exchange its role, there and back. Adding it restarts nothing unless its
   * store has another certificate.
   *
   * @default - none: a promoted replica is another database for good
   */
  replica?: ClusterReplicaArgs;
}
