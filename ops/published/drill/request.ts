import { parseDuration } from "../duration.ts";
import { parseDotted } from "../identifiers.ts";
import { clusterNameViolation, durationViolation } from "../command/option-violations.ts";
import type { Violation } from "../../../components/contract/violation.ts";
import { splitStatements, titleOf, type Statement } from "./statements.ts";
import { targetTimeViolation } from "./target-time.ts";

/** The options of the command, as they were typed. */
export interface DrillOptions {
  cluster: string;
  namespace?: string;
  targetTime?: string;
  table?: string[];
  minRows?: string;
  newest?: string[];
  maxAge?: string;
  sql?: string[];
  assert?: string[];
  timeout: string;
  keep?: boolean;
}

/** Something in a database; undefined is the database of the application. */
export interface InDatabase {
  database: string | undefined;
}

export interface Table extends InDatabase {
  schema: string;
  table: string;
}

export interface Column extends Table {
  column: string;
}

/** The validated request of a drill. */
export interface DrillRequest {
  cluster: string;
  /** Undefined is the namespace of the context. */
  namespace: string | undefined;
  /** Undefined means everything in the archive. */
  targetTime: string | undefined;
  tables: Table[];
  minRows: number | undefined;
  newest: Column[];
  maxAgeSeconds: number | undefined;
  statements: (Statement & InDatabase)[];
  timeoutSeconds: number;
  keep: boolean;
}

const DEFAULT_TIMEOUT = 1800;

/** Reads the request from the options, with all violations. `read` returns the text of a file, or undefined. */
export function requestOf(
  options: DrillOptions,
  read: (file: string) => string | undefined,
): { request: DrillRequest; violations: Violation[] } {
  const violations: Violation[] = [];
  const accept = <T>(violation: Violation | undefined, value: T): T => {
    if (violation) violations.push(violation);
    return value;
  };
  const { cluster, namespace, targetTime, keep = false } = options;
  const { table = [], newest = [], sql = [], assert = [] } = options;
  const request: DrillRequest = {
    cluster: accept(clusterNameViolation(cluster), cluster),
    namespace,
    targetTime: accept(
      targetTime === undefined ? undefined : targetTimeViolation(targetTime),
      targetTime,
    ),
    tables: table.flatMap((text) => {
      const named = tableOf(text);
      return accept(named ? undefined : invalidTable(text), named ? [named] : []);
    }),
    minRows: accept(
      invalidMinRows(options),
      options.minRows === undefined ? undefined : Number(options.minRows),
    ),
    newest: newest.flatMap((text) => {
      const column = columnOf(text);
      return accept(column ? undefined : invalidColumn(text), column ? [column] : []);
    }),
    maxAgeSeconds: accept(invalidMaxAge(options), parseDuration(options.maxAge ?? "")),
    statements: [
      ...sql.flatMap((text) => {
        const found = statementsIn(text, splitStatements);
        return accept(found.length === 1 ? undefined : invalidStatement(text, found.length), found);
      }),
      ...assert.flatMap((text) => {
        const found = statementsIn(text, (file) => splitStatements(read(file) ?? ""));
        return accept(found.length > 0 ? undefined : invalidFile(text, read), found);
      }),
    ],
    timeoutSeconds: accept(
      parseDuration(options.timeout) === undefined
        ? durationViolation("--timeout", options.timeout)
        : undefined,
      parseDuration(options.timeout) ?? DEFAULT_TIMEOUT,
    ),
    keep,
  };
  return { request, violations };
}

/** `orders: SELECT ...`: a colon and a space after a name, which no statement begins with. */
const OF_DATABASE = /^([\p{L}_][\p{L}\p{N}_$-]*|"(?:[^"]|"")+"):\s+([^]*)$/u;

function statementsIn(
  text: string,
  statements: (rest: string) => Statement[],
): (Statement & InDatabase)[] {
  const [, name, rest] = OF_DATABASE.exec(text) ?? [];
  // The database is a name and not SQL: an unquoted name is used literally.
  const database = name?.startsWith('"') === true ? name.slice(1, -1).replaceAll('""', '"') : name;
  return statements(rest ?? text).map((statement) => ({ ...statement, database }));
}

function tableOf(text: string): Table | undefined {
  const names = parseDotted(text);
  if (!names || names.length > 3) return undefined;
  const [table = "", schema = "public", database] = names.reverse();
  return { database, schema, table };
}

function columnOf(text: string): Column | undefined {
  const names = parseDotted(text);
  if (!names || names.length < 2 || names.length > 4) return undefined;
  const [column = "", table = "", schema = "public", database] = names.reverse();
  return { database, schema, table, column };
}

function invalidTable(text: string): Violation {
  return {
    path: "--table",
    value: text,
    reason: "is not a valid name of a table",
    remedy:
      "Write table, schema.table or database.schema.table, with double quotes where SQL requires them",
  };
}

function invalidColumn(text: string): Violation {
  return {
    path: "--newest",
    value: text,
    reason: "must name a table and a column",
    remedy: "Write table.column, schema.table.column or database.schema.table.column",
  };
}

function invalidMinRows({ minRows, table = [] }: DrillOptions): Violation | undefined {
  if (minRows === undefined) return undefined;
  if (!/^\d{1,15}$/.test(minRows)) {
    return {
      path: "--min-rows",
      value: minRows,
      reason: "is not a valid number of rows",
      remedy: "Use a whole number, such as 1000",
    };
  }
  return table.length > 0 ? undefined : withoutEffect("--min-rows", minRows, "--table");
}

function invalidMaxAge({ maxAge, newest = [] }: DrillOptions): Violation | undefined {
  if (maxAge === undefined) return undefined;
  if (parseDuration(maxAge) === undefined) return durationViolation("--max-age", maxAge);
  return newest.length > 0 ? undefined : withoutEffect("--max-age", maxAge, "--newest");
}

function withoutEffect(path: string, value: string, needed: string): Violation {
  return {
    path,
    value,
    reason: `has no effect without ${needed}`,
    remedy: `Add ${needed}, or remove ${path}`,
  };
}

function invalidStatement(text: string, count: number): Violation {
  return {
    path: "--sql",
    value: titleOf(text),
    reason: `must contain one statement, and contains ${count === 0 ? "none" : count}`,
    remedy: "Repeat --sql for each statement, or use a file with --assert",
  };
}

function invalidFile(text: string, read: (file: string) => string | undefined): Violation {
  const [, , file = text] = OF_DATABASE.exec(text) ?? [];
  return {
    path: "--assert",
    value: text,
    reason: read(file) === undefined ? "cannot be read" : "must contain a statement",
    remedy: "Use a file of statements that end in semicolons and return one row with true",
  };
}
