import type { Ask, Rows } from "../ask.ts";
import { showDuration } from "../duration.ts";
import { shown } from "../identifiers.ts";
import { countOf, newestIn } from "./reading.ts";
import type { Column, DrillRequest, Table } from "./request.ts";
import type { Statement } from "./statements.ts";

export interface Assertion {
  name: string;
  /** `skipped` when there is nothing to compare with. */
  status: "passed" | "failed" | "skipped";
  why: string;
  /** Value in the copy, if it is a single value. */
  restored?: number | string | null;
  /** Value in the source, if it was queried and has answered. */
  source?: number | string | null;
}

/** The two sides of an assertion. */
export interface Sides {
  /** The copy as superuser, for PostgreSQL's own objects. */
  restored: Ask;
  /** The copy as the read-only role, for the application's tables. */
  reader: Ask;
  /** The read-only role with the settings of the database, for the user's statements. */
  asserter: Ask;
  /** Undefined when the source does not serve. */
  source: Ask | undefined;
  /** The database of the application. */
  application: string;
}

/** Times that the assertions compare with. */
export interface Moment {
  /** The target time, or when the drill began. */
  reference: Date;
  /** Data that the source had by then must be in the copy. */
  recoveredTo: Date;
}

/** Runs all assertions one after the other: the copy is small, and the source serves its clients meanwhile. */
export async function assertAll(
  sides: Sides,
  systemId: string | undefined,
  request: DrillRequest,
  moment: Moment,
): Promise<Assertion[]> {
  const assertions = [
    await assertSystemIdentifier(sides, systemId),
    await assertDatabases(sides, moment),
  ];
  for (const table of request.tables)
    assertions.push(await assertRows(sides, table, request.minRows));
  for (const column of request.newest) {
    assertions.push(await assertNewest(sides, column, moment, request.maxAgeSeconds));
  }
  for (const { database, ...statement } of request.statements) {
    assertions.push(await assertStatement(sides, database ?? sides.application, statement));
  }
  return assertions;
}

/** The single value of a query. Undefined without an answer. */
function cell(answer: Rows | undefined): string | undefined {
  return answer && "rows" in answer ? answer.rows[0]?.[0] : undefined;
}

function failed(name: string, why: string): Assertion {
  return { name, status: "failed", why };
}

/** Asserts that the data are those of the source, and not of another cluster with a folder of the same name. */
async function assertSystemIdentifier(
  { restored }: Sides,
  known: string | undefined,
): Promise<Assertion> {
  const name = "system identifier";
  const answer = await restored("postgres", "SELECT system_identifier FROM pg_control_system()");
  if ("error" in answer) return failed(name, answer.error);
  const here = cell(answer) ?? "";
  if (known === undefined) {
    return {
      name,
      status: "skipped",
      why: `${here}; that of the source is unknown`,
      restored: here,
    };
  }
  const same = here === known;
  return {
    name,
    status: same ? "passed" : "failed",
    why: same
      ? here
      : `${here} differs from the source's ${known}: the archive is of another cluster`,
    restored: here,
    source: known,
  };
}

/** Includes the creation time, from a file that is written only then. */
const DATABASES =
  "SELECT datname, oid, coalesce(extract(epoch FROM " +
  "(pg_stat_file('base/' || oid || '/PG_VERSION', true)).modification), 0) " +
  "FROM pg_database WHERE NOT datistemplate ORDER BY datname";

async function assertDatabases(
  { restored, source }: Sides,
  { recoveredTo }: Moment,
): Promise<Assertion> {
  const name = "databases";
  const [here, there] = [
    await restored("postgres", DATABASES),
    await source?.("postgres", DATABASES),
  ];
  if ("error" in here) return failed(name, here.error);
  const restoredOids = new Map(here.rows.map(([database = "", oid]) => [database, Number(oid)]));
  const names = [...restoredOids.keys()].join(", ");
  if (!there || "error" in there) {
    return {
      name,
      status: "skipped",
      why: `${names}; not compared, since the source does not serve`,
    };
  }
  const expected = there.rows.filter(
    ([, , createdAt]) => Number(createdAt) * 1000 <= recoveredTo.getTime(),
  );
  const missing = expected.flatMap(([database = "", oid]) => {
    const known = restoredOids.get(database);
    // The operator creates a missing application database, with an OID that the source has not reached.
    return known !== undefined && known <= Number(oid) ? [] : [database];
  });
  return missing.length === 0
    ? { name, status: "passed", why: names }
    : failed(name, `${missing.join(", ")} is not in the archive`);
}

function label(kind: string, database: string, names: readonly string[]): string {
  return `${kind} ${shown([database, ...names])}`;
}

async function assertRows(
  { reader, source, application }: Sides,
  { database = application, ...place }: Table,
  minRows: number | undefined,
): Promise<Assertion> {
  const name = label("rows of", database, [place.schema, place.table]);
  const answer = await reader(database, countOf(place, { isTrusted: true }));
  if ("error" in answer) return failed(name, answer.error);
  const here = Number(cell(answer));
  const asked = await source?.(database, countOf(place, { isTrusted: false }));
  const counted = cell(asked);
  const there = counted === undefined ? null : Number(counted);
  const both = `${here} restored, ${there ?? "an unknown number"} at the source${refusalOf(asked)}`;
  const lost = here === 0 && there !== null && there > 0;
  const few = minRows !== undefined && here < minRows;
  return {
    name,
    status: lost || few ? "failed" : "passed",
    why: few ? `${both}; at least ${minRows} are required` : both,
    restored: here,
    source: there,
  };
}

/** Explains why the source was not read, if it was queried. */
function refusalOf(answer: Rows | undefined): string {
  return answer && "error" in answer ? ` (${answer.error})` : "";
}

async function assertNewest(
  { reader, source, application }: Sides,
  { database = application, ...place }: Column,
  { reference }: Moment,
  maxAgeSeconds: number | undefined,
): Promise<Assertion> {
  const name = label("newest", database, [place.schema, place.table, place.column]);
  const answer = await reader(database, newestIn(place, { isTrusted: true }));
  if ("error" in answer) return failed(name, answer.error);
  const here = timeOf(cell(answer));
  const there = timeOf(cell(await source?.(database, newestIn(place, { isTrusted: false }))));
  const values = { restored: here?.toISOString() ?? null, source: there?.toISOString() ?? null };
  if (!here) {
    const status = there || maxAgeSeconds !== undefined ? "failed" : "passed";
    return { name, status, why: "no row exists", ...values };
  }
  const age = (reference.getTime() - here.getTime()) / 1000;
  const old = maxAgeSeconds !== undefined && age > maxAgeSeconds;
  const why = `${here.toISOString()}, ${showDuration(age)} old`;
  return {
    name,
    status: old ? "failed" : "passed",
    why: old ? `${why}; at most ${showDuration(maxAgeSeconds)} is allowed` : why,
    ...values,
  };
}

function timeOf(epoch: string | undefined): Date | undefined {
  return epoch === undefined || epoch === "" ? undefined : new Date(Number(epoch) * 1000);
}

/** An assertion of the user's: one row with true. */
async function assertStatement(
  { asserter }: Sides,
  database: string,
  statement: Statement,
): Promise<Assertion> {
  const { title: name, sql } = statement;
  const answer = await asserter(database, sql);
  if ("error" in answer) return failed(name, answer.error);
  const [row, ...more] = answer.rows;
  if (row?.length === 1 && row[0] === "t" && more.length === 0) {
    return { name, status: "passed", why: "true" };
  }
  return failed(name, `returned ${shownRows(answer.rows)}, and must return one row with true`);
}

function shownRows(rows: string[][]): string {
  const [row, ...more] = rows;
  // An empty value and no row at all are one and the same line of psql's.
  if (!row) return "nothing";
  if (row.length === 1 && row[0] === "f" && more.length === 0) return "false";
  return more.length > 0
    ? `${rows.length} rows`
    : row.map((value) => JSON.stringify(value)).join(", ");
}
