import { clusterRules } from "../rules/cluster-rules";
import { clusterShape } from "../rules/cluster-shape";
import { ruleViolations } from "../rules/rule";
import { shapeViolations, wellFormed } from "../rules/shape";
import { type Violation, refuse } from "../rules/violation";
import type { PostgresClusterArgs } from "./cluster-args";
import { LocaleProvider, type ClusterDatabaseArgs } from "./cluster-args-database";
import { readSchema, type SchemaSql } from "./cluster-schema";
import { commonValues, type CommonValues } from "./cluster-values-common";

export { maxConnections } from "./cluster-values-common";

type DatabaseValues = Required<
  Pick<ClusterDatabaseArgs, "name" | "owner" | "encoding" | "localeProvider" | "dataChecksums">
> &
  Pick<ClusterDatabaseArgs, "ownerSecret" | "locale"> & { extensions: string[] };

/** A PostgresCluster with every default filled in: what the rules judge and what the objects are made of. */
export interface ClusterValues extends CommonValues {
  database: DatabaseValues;
  schemaSql: SchemaSql[];
}

/**
 * The values of arguments that nothing is wrong with.
 *
 * @throws InputPropertiesError with everything that is wrong with them, at once.
 */
export function acceptedValues(name: string, args: PostgresClusterArgs): ClusterValues {
  const { values, violations } = judgedCluster(name, args);
  refuse(`PostgresCluster "${name}"`, violations);
  return values;
}

/** The values of arguments as far as these are well-formed, and everything that is wrong with them. */
export function judgedCluster(
  name: string,
  args: PostgresClusterArgs,
): { values: ClusterValues; violations: Violation[] } {
  const malformed = shapeViolations(clusterShape, args);
  // The rules judge what is well-formed even if something else is not, so that all mistakes are seen at once.
  const given = {
    storage: { size: "" },
    ...(wellFormed(clusterShape, args) as PostgresClusterArgs | undefined),
  } as PostgresClusterArgs;
  const schema = readSchema(given.database ?? {});
  const values = clusterValues(name, given, schema.schemaSql);
  const reported = new Set(malformed.map(({ path }) => path));
  const known = [...malformed, ...schema.violations.filter(({ path }) => !reported.has(path))];
  return { values, violations: [...known, ...ruleViolations(clusterRules, values, known)] };
}

/** The arguments with their defaults. */
export function clusterValues(
  name: string,
  args: PostgresClusterArgs,
  schemaSql: SchemaSql[],
): ClusterValues {
  const common = commonValues(name, args);
  return { ...common, database: databaseValues(common.version, args.database ?? {}), schemaSql };
}

function databaseValues(version: number, given: ClusterDatabaseArgs): DatabaseValues {
  const name = given.name ?? "app";
  const localeProvider =
    given.localeProvider ?? (version >= 17 ? LocaleProvider.Builtin : LocaleProvider.Libc);
  const locale =
    given.locale ?? (localeProvider === LocaleProvider.Builtin ? "C.UTF-8" : undefined);
  return {
    name,
    owner: given.owner ?? name,
    ownerSecret: given.ownerSecret,
    encoding: given.encoding ?? "UTF8",
    localeProvider,
    locale,
    dataChecksums: given.dataChecksums ?? true,
    extensions: given.extensions ?? [],
  };
}
