import { rule } from "../../../../contract/rule";
import { propertyPath, type Refusal } from "../../../../contract/schema";
import { DROPPED, exampleOf, FAILOVER_SLOTS, isUsed } from "./managed";

/** Libraries without which parameters of these prefixes mean nothing. */
const OF_LIBRARY = ["cron:pg_cron", "timescaledb:timescaledb", "citus:citus"].map((pair) => {
  const [prefix = "", library = ""] = pair.split(":");
  return { prefix, library };
});

export interface Preloading {
  sharedPreloadLibraries: string[];
  parameters: Record<string, string>;
}

export const librariesLoad = rule({
  name: "libraries-load",
  why: "PostgreSQL loads libraries in the order of a list, and CloudNativePG takes those that it manages out again.",
  *check({ sharedPreloadLibraries, parameters }: Preloading, isMalformed) {
    yield* sharedPreloadLibraries.flatMap((library, index) => {
      const refused = libraryRefusal(library, index, sharedPreloadLibraries, parameters);
      return refused
        ? [{ path: `sharedPreloadLibraries[${index}]`, value: library, ...refused }]
        : [];
    });
    if (isMalformed("sharedPreloadLibraries")) return;
    for (const [name, value] of Object.entries(parameters)) {
      const [missing] = OF_LIBRARY.filter(
        ({ prefix, library }) =>
          name.startsWith(`${prefix}.`) && !sharedPreloadLibraries.includes(library),
      );
      if (missing) {
        yield {
          path: propertyPath(["parameters", name]),
          value,
          ...withoutEffect(missing.library),
        };
      }
    }
  },
});

function libraryRefusal(
  library: string,
  index: number,
  libraries: readonly string[],
  parameters: Record<string, string>,
): Refusal | undefined {
  const first = libraries.indexOf(library);
  if (first < index) return twice(first);
  if (library === "citus" && index > 0) return CITUS_FIRST;
  if (isUsed(library, parameters)) return undefined;
  if (DROPPED.includes(library)) return managed(library, DROPS);
  // auto_explain alone is complete: a session or a role sets its parameters.
  return library === FAILOVER_SLOTS ? managed(library, TELLS_NOTHING) : undefined;
}

function twice(first: number): Refusal {
  return { reason: `is already sharedPreloadLibraries[${first}]`, remedy: "Remove it" };
}

const CITUS_FIRST: Refusal = {
  reason: "must be the first library, or PostgreSQL does not start",
  remedy: "Put it first",
};

const DROPS = "it drops the extension";
const TELLS_NOTHING = "it does not tell the library for which replicas to wait";

function managed(library: string, otherwise: string): Refusal {
  return {
    reason: `is loaded by the operator as soon as one of its parameters is set, and as long as none is ${otherwise}`,
    remedy: `Set one in parameters, such as ${exampleOf(library)}; then it need not be in this list`,
  };
}

function withoutEffect(library: string): Refusal {
  return {
    reason: `has no effect, since ${library} is not loaded`,
    remedy: `Add "${library}" to sharedPreloadLibraries, or remove it`,
  };
}
