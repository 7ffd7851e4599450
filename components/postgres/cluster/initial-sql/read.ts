import { readFileSync } from "node:fs";
import type * as pulumi from "@pulumi/pulumi";
import { propertyPath } from "../../../contract/schema";
import type { ClusterDatabaseArgs } from "../args/database";
import type { KeyReferenceArgs } from "../../../kubernetes/key-reference";
import { SqlDatabase, SqlRole, type ClusterSqlArgs } from "../args/sql";

/** A piece of SQL that runs at creation: its text, or where it is. An Output may be a secret. */
export interface InitialSql {
  /** The path of its argument. */
  path: string;
  in: SqlDatabase;
  as: SqlRole;
  text?: pulumi.Input<string>;
  configMap?: KeyReferenceArgs;
  secret?: KeyReferenceArgs;
}

/** A file that cannot be read, with the argument that names it. */
export interface UnreadableFile {
  path: string;
  file: string;
  why: string;
}

/** All SQL of a database, in the order in which it is declared. */
export function readSql({ schema = [], schemaFiles = [], sql = [] }: ClusterDatabaseArgs): {
  initialSql: InitialSql[];
  unreadableFiles: UnreadableFile[];
} {
  const unreadableFiles: UnreadableFile[] = [];
  const read = (path: string, file: string): string | undefined => {
    try {
      return readFileSync(file, "utf8");
    } catch (error) {
      unreadableFiles.push({ path, file, why: (error as Error).message });
      return undefined;
    }
  };
  const ofOwner = { in: SqlDatabase.Application, as: SqlRole.Owner };
  const initialSql = [
    // Malformed elements are holes, which flatMap skips.
    ...schema.flatMap((text, index) => [
      { ...ofOwner, path: propertyPath(["database", "schema", index]), text },
    ]),
    ...schemaFiles.flatMap((file, index) => {
      const path = propertyPath(["database", "schemaFiles", index]);
      return [{ ...ofOwner, path, text: read(path, file) }];
    }),
    ...sql.flatMap((declared, index) => piece(declared, index, read)),
  ];
  return { initialSql: initialSql.flatMap(withText), unreadableFiles };
}

function piece(
  { sql, file, configMap, secret, ...declared }: ClusterSqlArgs,
  index: number,
  read: (path: string, file: string) => string | undefined,
) {
  const database = declared.in ?? SqlDatabase.Application;
  const at = propertyPath(["database", "sql", index]);
  return {
    path: file === undefined ? (sql === undefined ? at : `${at}.sql`) : `${at}.file`,
    in: database,
    as: declared.as ?? defaultRole(database),
    text: file === undefined ? sql : read(`${at}.file`, file),
    configMap,
    secret,
  };
}

/** The role that SQL runs as in a database unless another is declared. */
export function defaultRole(database: SqlDatabase): SqlRole {
  return database === SqlDatabase.Application ? SqlRole.Owner : SqlRole.Superuser;
}

type Piece = Omit<InitialSql, "text" | "configMap" | "secret"> & {
  text: pulumi.Input<string> | undefined;
  configMap?: KeyReferenceArgs | undefined;
  secret?: KeyReferenceArgs | undefined;
};

/** Leaves out files that cannot be read: they are reported. */
function withText({ text, configMap, secret, ...rest }: Piece): InitialSql[] {
  if (text !== undefined) return [{ ...rest, text }];
  if (configMap) return [{ ...rest, configMap }];
  return secret ? [{ ...rest, secret }] : [];
}
