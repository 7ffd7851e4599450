import type { DatabaseSpec } from "../crds/cloudnative-pg";
import type { ClusterExtraDatabaseArgs } from "./cluster-args-database";

/**
 * One more database of a cluster, with the API server's defaults said: unsaid, they would show up as a change at every
 * refresh.
 *
 * Upstream: https://cloudnative-pg.io/docs/1.30/declarative_database_management
 */
export function databaseSpec(
  clusterName: string,
  clusterOwner: string,
  { name, owner, extensions = [], connectionLimit }: ClusterExtraDatabaseArgs,
): DatabaseSpec {
  return {
    cluster: { name: clusterName },
    name,
    owner: owner ?? clusterOwner,
    ensure: "present",
    // A declaration that is removed, or replaced by mistake, must not take the data with it.
    databaseReclaimPolicy: "retain",
    ...(connectionLimit !== undefined && { connectionLimit }),
    ...(extensions.length > 0 && {
      extensions: extensions.map((extension) => ({ name: extension, ensure: "present" as const })),
    }),
  };
}
