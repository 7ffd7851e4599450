import type { ClusterArgs } from "./common";
import type { ClusterDatabaseArgs } from "./database";

/** Arguments of PostgresCluster. */
export interface PostgresClusterArgs extends ClusterArgs {
  /**
   * The database that the cluster is created with. It is fixed at creation: later changes affect the credentials'
   * Secret at most, never the database.
   *
   * @default - database `app`, owned by role `app`
   */
  database?: ClusterDatabaseArgs;
}
