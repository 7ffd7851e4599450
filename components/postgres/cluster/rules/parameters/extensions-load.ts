import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../../contract/rule";
import type { Refusal } from "../../../../contract/schema";
import type { Violation } from "../../../../contract/violation";
import type { ClusterExtraDatabaseArgs } from "../../args/database";
import { DROPPED, droppedRefusal } from "../extensions/managed";
import { PG_CRON } from "../extensions/schedulers";

/**
 * Extensions whose library must be in `shared_preload_libraries` before `CREATE EXTENSION`, which fails otherwise, by
 * the documentation of each.
 */
const PRELOADED = new Set([
  "bdr",
  "citus",
  "citus_columnar",
  "documentdb",
  "documentdb_core",
  "edb_wait_states",
  "orioledb",
  "pg_auth_mon",
  "pg_cron",
  "pg_duckdb",
  "pg_documentdb",
  "pg_mooncake",
  "pg_net",
  "pg_partman_bgw",
  "pg_qualstats",
  "pg_search",
  "pg_show_plans",
  "pg_squeeze",
  "pg_stat_kcache",
  "pg_stat_monitor",
  "pg_textsearch",
  "pg_tle",
  "pg_wait_sampling",
  "pgactive",
  "pgautofailover",
  "pglogical",
  "pgsodium",
  "pgsentinel",
  "plrust",
  "set_user",
  "spock",
  "supautils",
  "timescaledb",
  "vchord",
  "vchord_bm25",
  "vectors",
]);

/** The libraries of those whose library has another name, any of which is enough. */
const LIBRARIES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    citus_columnar: ["citus", "citus_columnar"],
    documentdb: ["pg_documentdb"],
    documentdb_core: ["pg_documentdb_core"],
    pg_mooncake: ["pg_mooncake", "pg_duckdb"],
  }),
);

/** Libraries without any SQL: there is nothing to create. */
const NO_EXTENSION: ReadonlyMap<string, string> = new Map(
  Object.entries({
    auto_explain: 'Remove it, and set its parameters, such as auto_explain.log_min_duration: "1s"',
    pg_failover_slots: "Remove it, and set its parameters in `parameters`",
    auth_delay: "Remove it",
    passwordcheck: "Remove it",
    sepgsql: "Remove it",
  }),
);

export interface Extended {
  /** A database that comes from elsewhere brings its extensions along, and has only its name here. */
  database?: { name: pulumi.Input<string>; extensions?: string[] };
  databases: Pick<ClusterExtraDatabaseArgs, "extensions">[];
  parameters: Record<string, string>;
  sharedPreloadLibraries: string[];
}

export const extensionsLoad = rule({
  name: "extensions-load",
  why: "An extension that cannot be created leaves a new cluster without a primary, or a database that is never applied.",
  *check({ database, databases, ...loaded }: Extended, isMalformed) {
    const refuse = (extension: string) =>
      isMalformed("sharedPreloadLibraries") && PRELOADED.has(extension)
        ? undefined
        : extensionRefusal(extension, loaded);
    yield* extensionViolations("database", database?.extensions ?? [], refuse);
    yield* databases.flatMap(({ extensions = [] }, index) =>
      extensionViolations(`databases[${index}]`, extensions, (extension) =>
        extension === PG_CRON ? ONLY_FIRST : refuse(extension),
      ),
    );
  },
});

/** Extensions that could not be created or would be dropped, since their library is not loaded. */
export function notLoaded(
  loaded: Pick<Extended, "parameters" | "sharedPreloadLibraries">,
): string[] {
  return [...DROPPED, ...PRELOADED].filter((extension) => extensionRefusal(extension, loaded));
}

function extensionViolations(
  where: string,
  extensions: readonly string[],
  refuse: (extension: string) => Refusal | undefined,
): Violation[] {
  return extensions.flatMap((extension, index) => {
    const refused = refuse(extension);
    const path = `${where}.extensions[${index}]`;
    return refused ? [{ path, value: extension, ...refused }] : [];
  });
}

const ONLY_FIRST: Refusal = {
  reason: "can be created in one database only, and here that is the first one",
  remedy: "Add it to database.extensions instead; jobs can run in every database",
};

function extensionRefusal(
  extension: string,
  { parameters, sharedPreloadLibraries }: Pick<Extended, "parameters" | "sharedPreloadLibraries">,
): Refusal | undefined {
  const remedy = NO_EXTENSION.get(extension);
  if (remedy !== undefined) {
    return { reason: "is a library without an extension, and there is nothing to create", remedy };
  }
  const dropped = droppedRefusal(extension, parameters);
  if (dropped) return dropped;
  if (!PRELOADED.has(extension)) return undefined;
  const [library = extension, ...others] = LIBRARIES.get(extension) ?? [];
  return [library, ...others].some((name) => sharedPreloadLibraries.includes(name))
    ? undefined
    : {
        reason: "needs its library when PostgreSQL starts, or it would never be created",
        remedy: `Add "${library}" to sharedPreloadLibraries, with an image that has it`,
      };
}
