import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { KeyReferenceArgs } from "../../../kubernetes/key-reference";
import type { ClusterExtensionOptions } from "../args/sql";
import { SqlDatabase, SqlRole } from "../args/sql";
import { cronSetup } from "../cron/setup";
import { clusterMetadata } from "../metadata";
import { schemaObjectName } from "../names";
import { PG_CRON } from "../rules/extensions/schedulers";
import type { ClusterValues } from "../values";
import { ownSchema } from "./extensions";
import type { InitialSql } from "./read";

/** SQL as a file that CloudNativePG runs: a key of a ConfigMap or Secret, this component's own or another. */
export interface SqlFile extends KeyReferenceArgs {
  in: SqlDatabase;
  /** The argument that it comes from. */
  path: string;
  kind: "ConfigMap" | "Secret";
  /** The text, of a file that this component stores. */
  content?: pulumi.Input<string>;
  /** The role that the text changes to in its first line. */
  role?: string;
}

/**
 * The files of all databases, in the order in which they run.
 *
 * In each database CloudNativePG runs what is in Secrets before what is in ConfigMaps. So everything up to the last piece
 * that only a Secret may hold is in a Secret, and what comes after it in a ConfigMap.
 */
export function sqlFiles(values: ClusterValues): SqlFile[] {
  return Object.values(SqlDatabase).flatMap((database) => {
    const pieces = values.initialSql.filter((piece) => piece.in === database);
    const last = pieces.findLastIndex(({ text, secret }) => secret ?? isDeferred(text));
    const extensions =
      database === SqlDatabase.Application ? extensionsFile(values, last >= 0) : [];
    return [...extensions, ...pieces.map((piece, index) => fileOf(values, piece, index, last))];
  });
}

function isDeferred(text: pulumi.Input<string> | undefined): boolean {
  return text !== undefined && typeof text !== "string";
}

function fileOf(values: ClusterValues, piece: InitialSql, index: number, last: number): SqlFile {
  const { text, configMap, secret, path } = piece;
  if (configMap) return { ...configMap, in: piece.in, path, kind: "ConfigMap" };
  if (secret) return { ...secret, in: piece.in, path, kind: "Secret" };
  const number = String(index + 1).padStart(3, "0");
  const isApplication = piece.in === SqlDatabase.Application;
  const role = piece.as === SqlRole.Owner ? values.database.owner : undefined;
  return {
    in: piece.in,
    path,
    kind: index <= last ? "Secret" : "ConfigMap",
    name: schemaObjectName(values.clusterName),
    key: isApplication ? `${number}-schema.sql` : `${piece.in}-${number}.sql`,
    content: contentOf(text ?? "", role),
    ...(role !== undefined && { role }),
  };
}

/**
 * CloudNativePG runs SQL as the superuser, whose tables the owner could not touch: hence SET ROLE. Each file is one query
 * of several statements, so it is a transaction unless it begins its own.
 */
function contentOf(text: pulumi.Input<string>, role: string | undefined): pulumi.Input<string> {
  // The line break ends a comment and the semicolon a statement that the text leaves open.
  const whole = (sql: string) =>
    role === undefined ? sql : `SET ROLE "${role}";\n${sql}\n;\nRESET ROLE;\n`;
  return typeof text === "string" ? whole(text) : pulumi.output(text).apply(whole);
}

function extensionsFile({ clusterName, database }: ClusterValues, isSecret: boolean): SqlFile[] {
  const { extensions, extensionOptions, owner } = database;
  if (extensions.length === 0) return [];
  return [
    {
      in: SqlDatabase.Application,
      path: "database.extensions",
      kind: isSecret ? "Secret" : "ConfigMap",
      name: schemaObjectName(clusterName),
      key: "000-extensions.sql",
      content: extensions.map((name) => creation(name, extensionOptions[name], owner)).join(""),
    },
  ];
}

function creation(name: string, options: ClusterExtensionOptions = {}, owner: string): string {
  const { schema, version } = options;
  const own = ownSchema(schema);
  return [
    ...(own === undefined
      ? []
      : [`CREATE SCHEMA IF NOT EXISTS "${own}" AUTHORIZATION "${owner}";\n`]),
    `CREATE EXTENSION IF NOT EXISTS "${name}"`,
    schema === undefined ? "" : ` SCHEMA "${schema}"`,
    version === undefined ? "" : ` VERSION '${version}'`,
    ";\n",
    ...(name === PG_CRON ? cronSetup(owner).map((statement) => `${statement}\n`) : []),
  ].join("");
}

/** The ConfigMap and the Secret with those files that this component stores, as far as there are any. */
export function createSqlObjects(
  parent: pulumi.Resource,
  name: string,
  values: ClusterValues,
): pulumi.Resource[] {
  const metadata = clusterMetadata(values, schemaObjectName(values.clusterName));
  const resource = `${name}-schema`;
  const configMap = stored(values, "ConfigMap");
  const secret = stored(values, "Secret");
  return [
    ...(configMap
      ? [new k8s.core.v1.ConfigMap(resource, { metadata, data: configMap }, { parent })]
      : []),
    ...(secret
      ? [new k8s.core.v1.Secret(resource, { metadata, stringData: secret }, { parent })]
      : []),
  ];
}

function stored(
  values: ClusterValues,
  kind: SqlFile["kind"],
): Record<string, pulumi.Input<string>> | undefined {
  const files = sqlFiles(values).flatMap((file) =>
    file.kind === kind && file.content !== undefined ? [[file.key, file.content] as const] : [],
  );
  return files.length === 0 ? undefined : Object.fromEntries(files);
}
