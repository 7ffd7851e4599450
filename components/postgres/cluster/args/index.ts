import type { ClusterArgs } from "./common";
import type { ClusterDatabaseArgs } from "./database";

/** Arguments of PostgresCluster. */
export interface PostgresClusterArgs extends ClusterArgs {
  /**
   * The database that the cluster is created with. It is laid down at creation: later changes of it change the
   * credentials' Secret at most, never the database.
   *
   * @default - database `app`, owned by role `app`
   */
  database?: ClusterDatabaseArgs;
}
