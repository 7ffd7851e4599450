import { rule } from "../../../../contract/rule";
import type { Refusal } from "../../../../contract/schema";
import type { Violation } from "../../../../contract/violation";
import { SqlDatabase, SqlRole, type ClusterSqlArgs } from "../../args/sql";
import type { OfSomeKinds } from "../some-kinds";

/** A database that comes with its data runs no SQL. */
export interface CreatedBySql {
  database?: OfSomeKinds<{ owner: unknown; sql: ClusterSqlArgs[] }>;
}

export const sqlSources = rule({
  name: "sql-sources",
  why: "SQL at creation runs once, where, as whom and in what order CloudNativePG can.",
  *check({ database: { sql = [], owner } = {} }: CreatedBySql) {
    yield* sql.flatMap((piece, index) => [
      ...sourceViolations(piece, `database.sql[${index}]`),
      ...roleViolations(piece, `database.sql[${index}]`, owner),
      ...orderViolations(sql, index),
    ]);
  },
});

const SOURCES = ["sql", "file", "configMap", "secret"] as const;

function sourceViolations(piece: ClusterSqlArgs, path: string): Violation[] {
  const set = SOURCES.filter((source) => piece[source] !== undefined);
  if (set.length === 1) return [];
  return [
    {
      path,
      value: set.length === 0 ? undefined : "[not shown]",
      reason: `must have exactly one of sql, file, configMap and secret${set.length === 0 ? "" : `, and has ${set.join(" and ")}`}`,
      remedy: "Keep one, or make several elements of it",
    },
  ];
}

function roleViolations(
  { as: role, in: database = SqlDatabase.Application, configMap, secret }: ClusterSqlArgs,
  path: string,
  owner: unknown,
): Violation[] {
  const refuse = (refused: Refusal) => [{ path: `${path}.as`, value: role, ...refused }];
  if (database !== SqlDatabase.Application) {
    return role === SqlRole.Owner
      ? refuse({
          reason: `is the owner of another database, who may create nothing in ${database}`,
          remedy: 'Remove it, or run the SQL in: "app"',
        })
      : [];
  }
  if ((configMap ?? secret) === undefined || role === SqlRole.Superuser) return [];
  return refuse({
    reason:
      "must be superuser: CloudNativePG runs what is in an existing ConfigMap or Secret as nobody else",
    remedy: `Set as: "superuser", and begin the SQL with SET ROLE "${String(owner)}"; for objects of the owner`,
  });
}

const DATABASES: readonly SqlDatabase[] = Object.values(SqlDatabase);

function orderViolations(sql: readonly ClusterSqlArgs[], index: number): Violation[] {
  const piece = sql[index] ?? {};
  const database = piece.in ?? SqlDatabase.Application;
  const place = DATABASES.indexOf(database);
  const before = sql.slice(0, index).flatMap((earlier, at) => [{ earlier, at }]);
  const later = before.find(
    ({ earlier }) => DATABASES.indexOf(earlier.in ?? SqlDatabase.Application) > place,
  );
  const path = `database.sql[${index}]`;
  if (later) {
    return [
      {
        path: `${path}.in`,
        value: piece.in,
        reason: `is prepared before the database of database.sql[${later.at}], so it would run first`,
        remedy: "Put it before that one: postgres comes first, then template1, then app",
      },
    ];
  }
  const configMap = before.find(
    ({ earlier }) => earlier.configMap && (earlier.in ?? SqlDatabase.Application) === database,
  );
  const isText = typeof piece.sql === "string" || piece.sql === undefined;
  if (!configMap || (piece.secret === undefined && isText)) return [];
  return [
    {
      path: piece.secret === undefined ? `${path}.sql` : `${path}.secret`,
      value: "[not shown]",
      reason: `is in a Secret, which CloudNativePG runs before the ConfigMap of database.sql[${configMap.at}]`,
      remedy: "Put it before that one, or put both into Secrets or both into ConfigMaps",
    },
  ];
}
