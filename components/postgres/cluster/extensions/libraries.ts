import type * as pulumi from "@pulumi/pulumi";
import type { ClusterArgs } from "../args/common";
import { loadedByParameters } from "../rules/extensions/managed";
import { PG_CRON } from "../rules/extensions/schedulers";

/** Arguments of any kind of cluster: one that is created has a database of this name unless it says otherwise. */
type Args = ClusterArgs & { database?: { name?: pulumi.Input<string> } };

/**
 * The parameters that pg_cron needs here. Its jobs are in one database, the first, whose owner sets them. They run in
 * background workers: over a connection, which is its own default, each role would need a password in a file of the pod.
 */
export function cronParameters({
  sharedPreloadLibraries = [],
  database,
}: Args): Record<string, string> {
  if (!sharedPreloadLibraries.includes(PG_CRON)) return {};
  const name = database?.name ?? "app";
  return {
    "cron.use_background_workers": "on",
    // An Output is not known yet, and a rule demands the name.
    ...(typeof name === "string" && { "cron.database_name": name }),
  };
}

/** The libraries that a server starts with: those of the list, then those that the operator adds by itself. */
export function preloadedLibraries({
  sharedPreloadLibraries,
  parameters,
}: {
  sharedPreloadLibraries: readonly string[];
  parameters: Readonly<Record<string, string>>;
}): string[] {
  return [...new Set([...sharedPreloadLibraries, ...loadedByParameters(parameters)])];
}
