import type { Cluster } from "./objects.ts";
import type { Mistake } from "./refusal.ts";

/** What the operator knows the Barman Cloud plugin by. */
export const BARMAN_CLOUD = "barman-cloud.cloudnative-pg.io";

/** Where a cluster archives to. */
export interface Archive {
  /** Name of the ObjectStore. */
  objectStore: string;
  /** Name of the folder in it. */
  serverName: string;
}

/** The archive of a cluster, or why there is none that a drill could restore from. */
export function archiveOf({ metadata, spec }: Cluster): Archive | Mistake {
  const archiver = spec.plugins?.find(
    ({ isWALArchiver, enabled }) => isWALArchiver === true && enabled !== false,
  );
  if (!archiver) {
    const inTree = spec.backup?.barmanObjectStore !== undefined;
    return {
      path: `${metadata.name}: spec.plugins`,
      value: spec.plugins?.map(({ name }) => name),
      reason: inTree
        ? "the cluster archives by spec.backup.barmanObjectStore, which CloudNativePG gives up"
        : "no plugin archives this cluster, so there is nothing to restore it from",
      remedy: inTree
        ? "Move it to the Barman Cloud plugin: https://cloudnative-pg.io/plugin-barman-cloud/docs/migration/"
        : `Give the cluster the plugin ${BARMAN_CLOUD} with isWALArchiver, and a base backup`,
    };
  }
  const { barmanObjectName, serverName = metadata.name } = archiver.parameters ?? {};
  if (archiver.name !== BARMAN_CLOUD || barmanObjectName === undefined) {
    return {
      path: `${metadata.name}: spec.plugins`,
      value: archiver.name,
      reason:
        archiver.name === BARMAN_CLOUD
          ? "the plugin has no parameter barmanObjectName"
          : "the drill knows archives of the Barman Cloud plugin only",
      remedy: `Archive by ${BARMAN_CLOUD} with the name of an ObjectStore`,
    };
  }
  return { objectStore: barmanObjectName, serverName };
}

/** The application's database and its owner, as the operator has them for a cluster that does not say. */
export function applicationOf({ spec }: Cluster): { database: string; owner: string } {
  const { initdb, recovery, pg_basebackup } = spec.bootstrap ?? {};
  const { database, owner } = initdb ?? recovery ?? pg_basebackup ?? {};
  const known = database === undefined || database === "" ? "app" : database;
  return { database: known, owner: owner === undefined || owner === "" ? known : owner };
}
