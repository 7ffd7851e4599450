import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { SchemaSql } from "./initial-sql";
import { clusterMetadata } from "./metadata";
import { schemaObjectName } from "./names";
import type { ClusterValues } from "./values";

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
): Record<string, pulumi.Input<string>> {
  const creations = extensions
    .map((name) => `CREATE EXTENSION IF NOT EXISTS "${name}";\n`)
    .join("");
  // The line break ends a comment and the semicolon a statement that the text leaves open.
  const asOwner = (sql: string) => `SET ROLE "${owner}";\n${sql}\n;\nRESET ROLE;\n`;
  const pieces = schemaSql.map(({ sql }) =>
    typeof sql === "string" ? asOwner(sql) : pulumi.output(sql).apply(asOwner),
  );
  return Object.fromEntries([
    ...(creations === "" ? [] : [["000-extensions.sql", creations]]),
    ...pieces.map((sql, index) => [`${String(index + 1).padStart(3, "0")}-schema.sql`, sql]),
  ]) as Record<string, pulumi.Input<string>>;
}

/**
 * Whether the files are in a Secret. All of them or none: CloudNativePG runs those of Secrets before those of
 * ConfigMaps, regardless of their names.
 */
export function isSchemaSecret(schemaSql: readonly SchemaSql[]): boolean {
  return schemaSql.some(({ sql }) => typeof sql !== "string");
}

/** The ConfigMap or Secret with those files, if there are any. */
export function createSchema(
  parent: pulumi.Resource,
  name: string,
  values: ClusterValues,
): k8s.core.v1.ConfigMap | k8s.core.v1.Secret | undefined {
  const { clusterName, database, schemaSql } = values;
  const files = schemaFiles(database.owner, database.extensions, schemaSql);
  if (Object.keys(files).length === 0) return undefined;
  const metadata = clusterMetadata(values, schemaObjectName(clusterName));
  const resource = `${name}-schema`;
  if (!isSchemaSecret(schemaSql)) {
    return new k8s.core.v1.ConfigMap(resource, { metadata, data: files }, { parent });
  }
  return new k8s.core.v1.Secret(resource, { metadata, stringData: files }, { parent });
}
