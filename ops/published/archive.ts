import { BARMAN_CLOUD } from "../../components/upstream/cloudnative-pg.ts";
import type { Cluster } from "./objects.ts";
import type { Violation } from "../../components/contract/violation.ts";

/** The archive that a cluster writes to. */
export interface Archive {
  /** Name of the ObjectStore. */
  objectStore: string;
  /** Name of the folder in it. */
  serverName: string;
}

/** The archive of a cluster, or why a drill cannot restore from it. */
export function archiveOf({ metadata, spec }: Cluster): Archive | Violation {
  const archiver = spec.plugins?.find(
    ({ isWALArchiver, enabled }) => isWALArchiver === true && enabled !== false,
  );
  if (!archiver) {
    const inTree = spec.backup?.barmanObjectStore !== undefined;
    return {
      path: `${metadata.name}: spec.plugins`,
      value: spec.plugins?.map(({ name }) => name),
      reason: inTree
        ? "the cluster archives with spec.backup.barmanObjectStore, which CloudNativePG has deprecated"
        : "must contain a plugin that archives: otherwise nothing can be restored",
      remedy: inTree
        ? "Migrate it to the Barman Cloud plugin: https://cloudnative-pg.io/plugin-barman-cloud/docs/migration/"
        : `Add the plugin ${BARMAN_CLOUD} with isWALArchiver, and take a base backup`,
    };
  }
  const { barmanObjectName, serverName = metadata.name } = archiver.parameters ?? {};
  if (archiver.name !== BARMAN_CLOUD || barmanObjectName === undefined) {
    return {
      path: `${metadata.name}: spec.plugins`,
      value: archiver.name,
      reason:
        archiver.name === BARMAN_CLOUD
          ? "must have the parameter barmanObjectName"
          : "must be the Barman Cloud plugin: the drill restores no other archives",
      remedy: `Use ${BARMAN_CLOUD} with the name of an ObjectStore`,
    };
  }
  return { objectStore: barmanObjectName, serverName };
}

/** The application's database and its owner, with the operator's defaults. */
export function applicationOf({ spec }: Cluster): { database: string; owner: string } {
  const { initdb, recovery, pg_basebackup } = spec.bootstrap ?? {};
  const { database, owner } = initdb ?? recovery ?? pg_basebackup ?? {};
  const known = database === undefined || database === "" ? "app" : database;
  return { database: known, owner: owner === undefined || owner === "" ? known : owner };
}
