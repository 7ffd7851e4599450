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

/** The libraries of those whose library has another name, any of which is enough. */
const LIBRARIES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    citus_columnar: ["citus", "citus_columnar"],
    documentdb: ["pg_documentdb"],
    documentdb_core: ["pg_documentdb_core"],
    pg_mooncake: ["pg_mooncake", "pg_duckdb"],
  }),
);

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
  spec?: Record<string, unknown>;
}

export const extensionsLoad = rule({
  name: "extensions-load",
  why: "An extension that cannot be created leaves a new cluster without a primary, or a database that is never applied.",
  *check({ database, databases, parameters, spec = {} }: Extended) {
    const loaded = { parameters: Object.keys(parameters), libraries: preloaded(spec) };
    yield* extensionViolations("database", database?.extensions ?? [], loaded);
    yield* databases.flatMap(({ extensions = [] }, index) =>
      extensionViolations(`databases[${index}]`, extensions, loaded),
    );
  },
});

/** Extensions that could not be created, since their library is not preloaded. */
export function notLoaded({
  parameters,
  spec = {},
}: Pick<Extended, "parameters" | "spec">): string[] {
  const loaded = { parameters: Object.keys(parameters), libraries: preloaded(spec) };
  return [...LOADED_BY_PARAMETERS.keys(), ...PRELOADED].filter((extension) =>
    extensionRefusal(extension, loaded),
  );
}

/** What decides which libraries the operator loads. */
interface Loaded {
  parameters: readonly string[];
  /** Undefined if they are known only later, as Outputs are. */
  libraries: readonly string[] | undefined;
}

function preloaded({ postgresql }: Record<string, unknown>): Loaded["libraries"] {
  const { shared_preload_libraries: libraries = [] } = (postgresql ?? {}) as {
    shared_preload_libraries?: unknown;
  };
  const isKnown =
    Array.isArray(libraries) && libraries.every((library) => typeof library === "string");
  return isKnown ? libraries : undefined;
}

function extensionViolations(
  where: string,
  extensions: readonly string[],
  loaded: Loaded,
): Violation[] {
  return extensions.flatMap((extension, index) => {
    const refused = extensionRefusal(extension, loaded);
    const path = `${where}.extensions[${index}]`;
    return refused ? [{ path, value: extension, ...refused }] : [];
  });
}

function extensionRefusal(
  extension: string,
  { parameters, libraries }: Loaded,
): Refusal | undefined {
  const parameter = LOADED_BY_PARAMETERS.get(extension);
  if (parameter !== undefined) {
    const isLoaded = parameters.some((name) => name.toLowerCase().startsWith(`${extension}.`));
    return isLoaded || !libraries || libraries.includes(extension)
      ? undefined
      : {
          reason:
            "must be preloaded, which the operator does as soon as one of its parameters is set",
          remedy: `Add one to parameters, such as ${parameter}`,
        };
  }
  if (PRELOADED.has(extension)) {
    const [library = extension, ...others] = LIBRARIES.get(extension) ?? [];
    if (!libraries || [library, ...others].some((name) => libraries.includes(name))) return;
    return {
      reason: "needs its library in shared_preload_libraries, and would never be created without",
      remedy: `Add "${library}" to spec.postgresql.shared_preload_libraries if the image has it, or remove it`,
    };
  }
  const remedy = NO_EXTENSION.get(extension);
  return remedy === undefined
    ? undefined
    : { reason: "is a library without an extension, and there is nothing to create", remedy };
}
