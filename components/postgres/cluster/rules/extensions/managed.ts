import type { Refusal } from "../../../../contract/schema";

/**
 * Libraries that the operator manages by itself, with a parameter as an example. As soon as one of a library's parameters is
 * set, it loads the library and creates its extension in every database. As long as none is set, it drops the extension
 * wherever it finds it, whoever has created it.
 *
 * @see `ManagedExtensions` of https://github.com/cloudnative-pg/cloudnative-pg/blob/v1.30.1/pkg/postgres/configuration.go
 */
const MANAGED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pgaudit: 'pgaudit.log: "ddl"',
    pg_stat_statements: 'pg_stat_statements.max: "5000"',
    auto_explain: 'auto_explain.log_min_duration: "1s"',
    pg_failover_slots: 'pg_failover_slots.synchronize_slot_names: "name_like:%"',
  }),
);

/** Those of them that have an extension. */
export const DROPPED: readonly string[] = ["pgaudit", "pg_stat_statements"];

/** What copies logical slots to the replicas. */
export const FAILOVER_SLOTS = "pg_failover_slots";

/** The libraries that the operator loads with these parameters, in its order. */
export function loadedByParameters(parameters: Readonly<Record<string, string>>): string[] {
  return [...MANAGED.keys()].filter((library) => isUsed(library, parameters));
}

/** Whether one of a library's parameters is set. */
export function isUsed(library: string, parameters: Readonly<Record<string, string>>): boolean {
  return Object.keys(parameters).some((name) => name.toLowerCase().startsWith(`${library}.`));
}

/** Refuses an extension that the operator would drop again. */
export function droppedRefusal(
  extension: string,
  parameters: Readonly<Record<string, string>>,
): Refusal | undefined {
  if (!DROPPED.includes(extension) || isUsed(extension, parameters)) return undefined;
  return {
    reason:
      "is dropped again by the operator as long as none of its parameters is set, and loaded and created by it as soon as one is",
    remedy: `Add one to parameters, such as ${exampleOf(extension)}`,
  };
}

/** One of a managed library's parameters, with a value. */
export function exampleOf(library: string): string {
  return MANAGED.get(library) ?? "";
}
