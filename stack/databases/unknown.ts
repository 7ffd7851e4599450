import { propertyPath } from "../../components/contract/schema";
import type { Violation } from "../../components/contract/violation";
import { oneOf } from "../one-of";
import type { StackConfig } from "../schema";

/** Finds poolers, aliases and dumps of a database that is not among the declared names. */
export function unknownDatabases(
  { poolers, aliases, logicalBackups }: StackConfig,
  names: readonly string[],
): Violation[] {
  // Without databases only that is reported, and not each of these again.
  if (names.length === 0) return [];
  return Object.entries({ poolers, aliases, logicalBackups }).flatMap(([kind, all]) =>
    Object.entries<{ cluster: string }>(all)
      .filter(([, { cluster }]) => !names.includes(cluster))
      .map(([key, { cluster }]) => ({
        path: propertyPath([kind, key, "cluster"]),
        value: cluster,
        reason: "names a database that the stack does not declare",
        remedy: oneOf(names),
      })),
  );
}
