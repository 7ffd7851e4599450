import { parseDuration } from "../duration.ts";
import { parseDotted } from "../identifiers.ts";
import type { Mistake } from "../refusal.ts";
import { splitStatements, titleOf, type Statement } from "./statements.ts";
import { targetTimeMistake } from "./target-time.ts";

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

/** What a drill is asked for. */
export interface DrillRequest {
  cluster: string;
  /** Undefined is the namespace of the context. */
  namespace: string | undefined;
  /** Undefined is all that is in the archive. */
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

/** The request in the options, and all that is wrong with them. `read` gives the text of a file, or undefined. */
export function requestOf(
  options: DrillOptions,
  read: (file: string) => string | undefined,
): { request: DrillRequest; mistakes: Mistake[] } {
  const mistakes: Mistake[] = [];
  const accept = <T>(mistake: Mistake | undefined, value: T): T => {
    if (mistake) mistakes.push(mistake);
    return value;
  };
  const { cluster, namespace, targetTime, keep = false } = options;
  const { table = [], newest = [], sql = [], assert = [] } = options;
  const request: DrillRequest = {
    cluster: accept(namelessness(cluster), cluster),
    namespace,
    targetTime: accept(
      targetTime === undefined ? undefined : targetTimeMistake(targetTime),
      targetTime,
    ),
    tables: table.flatMap((text) => {
      const named = tableOf(text);
      return accept(named ? undefined : noTable(text), named ? [named] : []);
    }),
    minRows: accept(
      rowlessness(options),
      options.minRows === undefined ? undefined : Number(options.minRows),
    ),
    newest: newest.flatMap((text) => {
      const column = columnOf(text);
      return accept(column ? undefined : noColumn(text), column ? [column] : []);
    }),
    maxAgeSeconds: accept(agelessness(options), parseDuration(options.maxAge ?? "")),
    statements: [
      ...sql.flatMap((text) => {
        const found = statementsIn(text, splitStatements);
        return accept(found.length === 1 ? undefined : noStatement(text, found.length), found);
      }),
      ...assert.flatMap((text) => {
        const found = statementsIn(text, (file) => splitStatements(read(file) ?? ""));
        return accept(found.length > 0 ? undefined : noFile(text, read), found);
      }),
    ],
    timeoutSeconds: accept(
      parseDuration(options.timeout) === undefined
        ? noDuration("--timeout", options.timeout)
        : undefined,
      parseDuration(options.timeout) ?? DEFAULT_TIMEOUT,
    ),
    keep,
  };
  return { request, mistakes };
}

/** `orders: SELECT ...`: a colon and a space after a name, which no statement begins with. */
const OF_DATABASE = /^([\p{L}_][\p{L}\p{N}_$-]*|"(?:[^"]|"")+"):\s+([^]*)$/u;

function statementsIn(
  text: string,
  statements: (rest: string) => Statement[],
): (Statement & InDatabase)[] {
  const [, name, rest] = OF_DATABASE.exec(text) ?? [];
  // A database is named here, and not written in SQL: an unquoted name is taken as it stands.
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

function namelessness(cluster: string): Mistake | undefined {
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(cluster)) return undefined;
  return {
    path: "--cluster",
    value: cluster,
    reason: "it is no name that a Cluster can have",
    remedy: "Give the name alone, as `kubectl get clusters.postgresql.cnpg.io` shows it",
  };
}

function noTable(text: string): Mistake {
  return {
    path: "--table",
    value: text,
    reason: "it is no name of a table",
    remedy:
      "Write table, schema.table or database.schema.table, with double quotes where SQL wants them",
  };
}

function noColumn(text: string): Mistake {
  return {
    path: "--newest",
    value: text,
    reason: "it is no name of a column and its table",
    remedy: "Write table.column, schema.table.column or database.schema.table.column",
  };
}

function rowlessness({ minRows, table = [] }: DrillOptions): Mistake | undefined {
  if (minRows === undefined) return undefined;
  if (!/^\d{1,15}$/.test(minRows)) {
    return {
      path: "--min-rows",
      value: minRows,
      reason: "it is no number of rows",
      remedy: "Give a whole number, such as 1000",
    };
  }
  return table.length > 0 ? undefined : pointless("--min-rows", minRows, "--table");
}

function agelessness({ maxAge, newest = [] }: DrillOptions): Mistake | undefined {
  if (maxAge === undefined) return undefined;
  if (parseDuration(maxAge) === undefined) return noDuration("--max-age", maxAge);
  return newest.length > 0 ? undefined : pointless("--max-age", maxAge, "--newest");
}

function pointless(path: string, value: string, needed: string): Mistake {
  return {
    path,
    value,
    reason: `it is about what ${needed} names, and nothing is named`,
    remedy: `Add ${needed}, or leave ${path} out`,
  };
}

function noDuration(path: string, value: string): Mistake {
  return {
    path,
    value,
    reason: "it is no duration",
    remedy: "Write days, hours, minutes and seconds, such as 15m or 1h30m",
  };
}

function noStatement(text: string, count: number): Mistake {
  return {
    path: "--sql",
    value: titleOf(text),
    reason: count === 0 ? "there is no statement in it" : `there are ${count} statements in it`,
    remedy: "Give one statement each, and many in a file by --assert",
  };
}

function noFile(text: string, read: (file: string) => string | undefined): Mistake {
  const [, , file = text] = OF_DATABASE.exec(text) ?? [];
  return {
    path: "--assert",
    value: text,
    reason:
      read(file) === undefined ? "the file cannot be read" : "there is no statement in the file",
    remedy: "Give a file of statements that end in semicolons and return one row with true",
  };
}
