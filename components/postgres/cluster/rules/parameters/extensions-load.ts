import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../../contract/rule";
import type { Refusal } from "../../../../contract/schema";
import type { Violation } from "../../../../contract/violation";
import type { ClusterExtraDatabaseArgs } from "../../args/database";

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

/**
 * Extensions that the operator loads as soon as one of their parameters is set.
 *
 * @see `ManagedExtensions` of https://github.com/cloudnative-pg/cloudnative-pg/blob/v1.30.1/pkg/postgres/configuration.go
 */
const LOADED_BY_PARAMETERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pgaudit: 'pgaudit.log: "ddl"',
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
}

export const extensionsLoad = rule({
  name: "extensions-load",
  why: "An extension that cannot be created leaves a new cluster without a primary, or a database that is never applied.",
  *check({ database, databases, parameters }: Extended) {
    const names = Object.keys(parameters);
    yield* extensionViolations("database", database?.extensions ?? [], names);
    yield* databases.flatMap(({ extensions = [] }, index) =>
      extensionViolations(`databases[${index}]`, extensions, names),
    );
  },
});

function extensionViolations(
  where: string,
  extensions: readonly string[],
  parameters: readonly string[],
): Violation[] {
  return extensions.flatMap((extension, index) => {
    const refused = extensionRefusal(extension, parameters);
    const path = `${where}.extensions[${index}]`;
    return refused ? [{ path, value: extension, ...refused }] : [];
  });
}

function extensionRefusal(extension: string, parameters: readonly string[]): Refusal | undefined {
  const parameter = LOADED_BY_PARAMETERS.get(extension);
  if (parameter !== undefined) {
    const isLoaded = parameters.some((name) => name.toLowerCase().startsWith(`${extension}.`));
    return isLoaded
      ? undefined
      : {
          reason:
            "must be preloaded, which the operator does as soon as one of its parameters is set",
          remedy: `Add one to parameters, such as ${parameter}`,
        };
  }
  if (PRELOADED.has(extension)) {
    return {
      reason:
        "needs its library in shared_preload_libraries, which cannot be set yet, so it would never be created",
      remedy: "Remove it",
    };
  }
  const remedy = NO_EXTENSION.get(extension);
  return remedy === undefined
    ? undefined
    : { reason: "is a library without an extension, and there is nothing to create", remedy };
}
