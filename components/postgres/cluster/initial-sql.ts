import { readFileSync } from "node:fs";
import type * as pulumi from "@pulumi/pulumi";
import { propertyPath } from "../../contract/schema";
import type { ClusterDatabaseArgs } from "./args/database";

/** A piece of the schema and the path of its argument. An Output may be a secret. */
export interface SchemaSql {
  path: string;
  sql: pulumi.Input<string>;
}

/** A file that cannot be read, with the argument that names it. */
export interface UnreadableFile {
  path: string;
  file: string;
  why: string;
}

/** The schema of a database as text. */
export function readSchema({ schema = [], schemaFiles = [] }: ClusterDatabaseArgs): {
  schemaSql: SchemaSql[];
  unreadableFiles: UnreadableFile[];
} {
  const schemaSql = schema.map((sql, index) => ({
    path: propertyPath(["database", "schema", index]),
    sql,
  }));
  const unreadableFiles: UnreadableFile[] = [];
  schemaFiles.forEach((file, index) => {
    const path = propertyPath(["database", "schemaFiles", index]);
    try {
      schemaSql.push({ path, sql: readFileSync(file, "utf8") });
    } catch (error) {
      unreadableFiles.push({ path, file, why: (error as Error).message });
    }
  });
  return { schemaSql, unreadableFiles };
}
