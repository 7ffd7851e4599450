import { quoted } from "../identifiers.ts";

/** A table by its schema. */
export interface Place {
  schema: string;
  table: string;
}

/**
 * Settings of all sessions: names resolve to PostgreSQL's own objects, independent of settings of the database or
 * objects in its schemas.
 */
export const OWN_NAMES = { search_path: "pg_catalog", standard_conforming_strings: "on" };

/** The session that reads. */
export interface Session {
  /** Whether it is a login of the read-only role, and not a superuser that acts as one. */
  isTrusted: boolean;
}

/** Counts the rows of a table. */
export function countOf(place: Place, session: Session): string {
  const { schema, table } = place;
  const count = `SELECT pg_catalog.count(*) FROM ${quoted(schema)}.${quoted(table)}`;
  return readingOf(place, count, session);
}

/** Finds the greatest time in a column, in seconds since 1970. */
export function newestIn(place: Place & { column: string }, session: Session): string {
  const { schema, table, column } = place;
  const newest =
    `SELECT extract(epoch FROM pg_catalog.max(${quoted(column)})::pg_catalog.timestamptz) ` +
    `FROM ${quoted(schema)}.${quoted(table)}`;
  return readingOf(place, newest, session);
}

/**
 * The statements that read a table with a role that can only read, after a check that this runs no application code: a
 * view is a query of its owner, and so are rules, foreign tables and the functions of a policy.
 *
 * Only the last statement returns rows.
 *
 * Code in a superuser's session can restore its rights with RESET, whatever role is set. There no application code may
 * run at all: neither by a policy, nor by the planner, which evaluates constants in indexes, statistics and partition
 * keys.
 */
function readingOf(
  place: Place & { column?: string },
  select: string,
  { isTrusted }: Session,
): string {
  return [
    "BEGIN TRANSACTION READ ONLY",
    gate(place, isTrusted),
    ...(isTrusted
      ? []
      : [
          "SET LOCAL max_parallel_workers_per_gather = 0",
          "SET LOCAL row_security = off",
          "SET LOCAL SESSION AUTHORIZATION pg_read_all_data",
        ]),
    select,
  ].join("; ");
}

/** Why a table is refused. `whole` has the table and all tables that its rows are in. */
interface Objection {
  /** A condition on `one`, a table of `whole`. */
  when: string;
  /** Why, after the name of the table. */
  why: string;
}

const ORDINARY: readonly Objection[] = [
  {
    when: "one.relkind = 'v'",
    why: "is a view, and a drill does not run the application''s queries; name a table",
  },
  {
    when: "one.relkind = 'f'",
    why: "is a foreign table, and a drill does not query other servers; name a local table",
  },
  {
    when: "one.relkind NOT IN ('r', 'p', 'm')",
    why: "is not a table; name an ordinary or partitioned table, or a materialized view",
  },
  {
    // The rule of a materialized view is the query that filled it.
    when: "one.relhasrules AND one.relkind <> 'm'",
    why: "has rules, which a drill does not run; name a table without them",
  },
];

const RUNS_NOTHING: readonly Objection[] = [
  {
    // It cannot be locked, so it may be replaced after the check.
    when: "one.relkind = 'm'",
    why: "is a materialized view, which is counted in the copy only",
  },
  { when: "one.relrowsecurity", why: "has row-level security, whose policies are not run here" },
  {
    when: `EXISTS (
      SELECT FROM pg_depend AS needs
      WHERE (needs.classid, needs.objid) IN (
        SELECT 'pg_class'::regclass, one.oid
        UNION ALL SELECT 'pg_class'::regclass, indexrelid FROM pg_index WHERE indrelid = one.oid
        UNION ALL SELECT 'pg_constraint'::regclass, oid FROM pg_constraint WHERE conrelid = one.oid
        UNION ALL SELECT 'pg_statistic_ext'::regclass, oid FROM pg_statistic_ext WHERE stxrelid = one.oid
      )
      AND needs.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass)
    )`,
    why: "has an index, a constraint, statistics or a key with a function that is not PostgreSQL''s own, which is not run here",
  },
];

/**
 * Checks the table. A superuser's session locks it and checks again: a locked table cannot be replaced.
 * `restrict_nonsystem_relation_kind` limits reads to tables, where PostgreSQL has that setting, in case a change is
 * found too late.
 */
function gate({ schema, table, column }: Place & { column?: string }, isTrusted: boolean): string {
  const objections = isTrusted ? ORDINARY : [...ORDINARY, ...RUNS_NOTHING];
  const name = `${quoted(schema)}.${quoted(table)}`;
  const checks = objections.map(
    ({ when, why }) => `
      SELECT one.oid::regclass::text INTO obstacle FROM unnest(whole) AS part JOIN pg_class AS one ON one.oid = part WHERE ${when} LIMIT 1;
      IF FOUND THEN RAISE EXCEPTION '% ${why}', obstacle; END IF;`,
  );
  const body = `
  DECLARE
    whole oid[];
    obstacle text;
  BEGIN
    PERFORM set_config(name, 'view, foreign-table', true) FROM pg_settings WHERE name = 'restrict_nonsystem_relation_kind';
    FOR look IN 1..${isTrusted ? 1 : 2} LOOP
      WITH RECURSIVE tree AS (
        SELECT class.oid FROM pg_class AS class JOIN pg_namespace AS space ON space.oid = class.relnamespace
        WHERE space.nspname = ${literal(schema)} AND class.relname = ${literal(table)}
        UNION SELECT inhrelid FROM pg_inherits JOIN tree ON inhparent = tree.oid
      )
      SELECT array_agg(oid) INTO whole FROM tree;
${checks.join("\n")}
${column === undefined ? "" : timeCheck(name, column)}
      ${isTrusted ? "" : `LOCK TABLE ONLY ${name} IN ACCESS SHARE MODE;`}
    END LOOP;
  END`;
  return `DO ${dollars(body)}`;
}

/** The maximum of other types, and its conversion to a time, may run application functions. */
function timeCheck(name: string, column: string): string {
  return `
      WITH RECURSIVE type AS (
        SELECT of.oid, of.typbasetype FROM pg_attribute JOIN pg_type AS of ON of.oid = atttypid
        WHERE attrelid = ${literal(name)}::regclass AND attname = ${literal(column)} AND NOT attisdropped
        UNION SELECT of.oid, of.typbasetype FROM type JOIN pg_type AS of ON of.oid = type.typbasetype
      )
      SELECT 'no time' INTO obstacle FROM type
      HAVING count(*) > 0 AND NOT bool_or(oid IN ('date'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype));
      IF FOUND THEN RAISE EXCEPTION 'the column % is not a date or timestamp, and a drill cannot find the newest of other types; name one that is', ${literal(column)}; END IF;
      IF EXISTS (
        SELECT FROM pg_attribute
        WHERE attrelid = ${literal(name)}::regclass AND attname = ${literal(column)} AND attgenerated = 'v'
      ) THEN RAISE EXCEPTION 'the column % is computed when it is read; name one that is stored', ${literal(column)}; END IF;`;
}

/** A text in SQL. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Quotes with a dollar tag that the text does not contain. */
function dollars(body: string): string {
  let tag = "$drill$";
  for (let count = 1; body.includes(tag); count++) tag = `$drill${count}$`;
  return `${tag}${body}${tag}`;
}
