import { contract } from "../../contract/contract";
import type { PostgresClusterArgs } from "./args";
import { LocaleProvider, type ClusterDatabaseArgs } from "./args/database";
import type { ClusterReplicaArgs } from "./args/replica";
import type { ClusterExtensionOptions, ClusterSqlArgs } from "./args/sql";
import { readSql, type InitialSql, type UnreadableFile } from "./initial-sql/read";
import { clusterRules } from "./rules";
import { schemaFilesRead } from "./rules/database/schema-files-read";
import { postgresClusterSchema } from "./schema";
import { commonValues, type CommonValues } from "./values-common";

/** A database without anything in it. */
export type EmptyDatabaseValues = Required<
  Pick<ClusterDatabaseArgs, "name" | "owner" | "encoding" | "localeProvider" | "dataChecksums">
> &
  Pick<ClusterDatabaseArgs, "ownerSecret" | "passwordVersion" | "passwordMaxAge" | "locale">;

type DatabaseValues = EmptyDatabaseValues & {
  extensions: string[];
  extensionOptions: Record<string, ClusterExtensionOptions>;
  sql: ClusterSqlArgs[];
};

/** A PostgresCluster with every default filled in, which the rules validate and the objects are built from. */
export interface ClusterValues extends CommonValues {
  database: DatabaseValues;
  replica: ClusterReplicaArgs | undefined;
  initialSql: InitialSql[];
  /** Files of SQL that cannot be read, with the system's reason. */
  unreadableFiles: UnreadableFile[];
}

/** The contract of PostgresCluster. */
export const postgresCluster = contract<PostgresClusterArgs, ClusterValues>({
  component: "PostgresCluster",
  schema: postgresClusterSchema,
  rules: [schemaFilesRead, ...clusterRules],
  fill: (args, name) => {
    const common = commonValues(name, args);
    const { database = {} } = args;
    return {
      ...common,
      ...readSql(database),
      database: databaseValues(common.version, database),
      replica: args.replica,
    };
  },
});

function databaseValues(version: number, given: ClusterDatabaseArgs): DatabaseValues {
  return {
    ...emptyDatabaseValues(version, given),
    extensions: given.extensions ?? [],
    extensionOptions: given.extensionOptions ?? {},
    sql: given.sql ?? [],
  };
}

/** The database with its defaults, for one whose content comes with its data, too. */
export function emptyDatabaseValues(
  version: number,
  given: ClusterDatabaseArgs,
): EmptyDatabaseValues {
  const name = given.name ?? "app";
  const localeProvider =
    given.localeProvider ?? (version >= 17 ? LocaleProvider.Builtin : LocaleProvider.Libc);
  const locale =
    given.locale ?? (localeProvider === LocaleProvider.Builtin ? "C.UTF-8" : undefined);
  return {
    name,
    owner: given.owner ?? name,
    ownerSecret: given.ownerSecret,
    passwordVersion: given.passwordVersion,
    passwordMaxAge: given.passwordMaxAge,
    encoding: given.encoding ?? "UTF8",
    localeProvider,
    locale,
    dataChecksums: given.dataChecksums ?? true,
  };
}
