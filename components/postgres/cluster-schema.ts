import { readFileSync } from "node:fs";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { propertyPath } from "../rules/shape";
import type { Violation } from "../rules/violation";
import type { ClusterDatabaseArgs } from "./cluster-args-database";
import { clusterMetadata } from "./cluster-metadata";
import { schemaConfigMapName } from "./cluster-names";
import type { ClusterValues } from "./cluster-values";

/** A piece of the schema and the argument that it came by. */
export interface SchemaSql {
  path: string;
  sql: string;
}

/** The schema of a database as text, and what is wrong with its files. */
export function readSchema({ schema = [], schemaFiles = [] }: ClusterDatabaseArgs): {
  schemaSql: SchemaSql[];
  violations: Violation[];
} {
  const schemaSql = schema.map((sql, index) => ({
    path: propertyPath(["database", "schema", index]),
    sql,
  }));
  const violations: Violation[] = [];
  schemaFiles.forEach((file, index) => {
    const path = propertyPath(["database", "schemaFiles", index]);
    try {
      schemaSql.push({ path, sql: readFileSync(file, "utf8") });
    } catch (error) {
      violations.push({
        path,
        value: file,
        reason: `it cannot be read: ${(error as Error).message}`,
        remedy: `Paths are relative to the working directory, ${process.cwd()}`,
      });
    }
  });
  return { schemaSql, violations };
}

/**
 * The files that create extensions and schema, in the order in which they run.
 *
 * CloudNativePG runs them as the superuser, whose tables the owner could not touch: hence SET ROLE. Each file is one
 * query of several statements, so it is a transaction unless it begins its own.
 */
export function schemaFiles(
  owner: string,
  extensions: readonly string[],
  schemaSql: readonly SchemaSql[],
): Record<string, string> {
  const creations = extensions
    .map((name) => `CREATE EXTENSION IF NOT EXISTS "${name}";\n`)
    .join("");
  // The line break ends a comment and the semicolon a statement that the text leaves open.
  const pieces = schemaSql.map(({ sql }) => `SET ROLE "${owner}";\n${sql}\n;\nRESET ROLE;\n`);
  return Object.fromEntries([
    ...(creations === "" ? [] : [["000-extensions.sql", creations]]),
    ...pieces.map((sql, index) => [`${String(index + 1).padStart(3, "0")}-schema.sql`, sql]),
  ]) as Record<string, string>;
}

/** The ConfigMap with those files, if there are any. */
export function createSchema(
  parent: pulumi.Resource,
  name: string,
  values: ClusterValues,
): k8s.core.v1.ConfigMap | undefined {
  const { clusterName, database, schemaSql } = values;
  const data = schemaFiles(database.owner, database.extensions, schemaSql);
  if (Object.keys(data).length === 0) return undefined;
  return new k8s.core.v1.ConfigMap(
    `${name}-schema`,
    { metadata: clusterMetadata(values, schemaConfigMapName(clusterName)), data },
    { parent },
  );
}
