import { type DrillOptions, requestOf } from "../../../../../ops/published/drill/request.ts";
import { lines, OPTIONS } from "../../../support/drill-fixtures";

const FILES: Record<string, string> = {
  "checks.sql": "SELECT true; SELECT 1 = 1;",
  "empty.sql": "",
};
const read = (file: string) => FILES[file];

const SUCH_TIME = 'Write date, time and zone, such as "2026-11-21T08:00:39Z".';
const SUCH_DURATION = "Write days, hours, minutes and seconds, such as 15m or 1h30m.";

describe("the options of a drill", () => {
  test.each<[string, Partial<DrillOptions>, string]>([
    [
      "a cluster that cannot be",
      { cluster: "shop/orders" },
      '--cluster = "shop/orders": it is no name that a Cluster can have. Give the name alone, as `kubectl get clusters.postgresql.cnpg.io` shows it.',
    ],
    [
      "a time without its zone",
      { targetTime: "2026-11-21T08:00:39.5" },
      '--target-time = "2026-11-21T08:00:39.5": it does not say its time zone, and what is meant may be hours away. Write "2026-11-21T08:00:39.5Z" if that is UTC, or add the zone, such as +01:00.',
    ],
    [
      "30 February",
      { targetTime: "2026-02-30T08:00:39Z" },
      `--target-time = "2026-02-30T08:00:39Z": it is no time that there is. ${SUCH_TIME}`,
    ],
    [
      "a day alone",
      { targetTime: "2026-11-21" },
      `--target-time = "2026-11-21": it is no time that there is. ${SUCH_TIME}`,
    ],
    [
      "a table of a table",
      { table: ["a.b.c.d"] },
      '--table = "a.b.c.d": it is no name of a table. Write table, schema.table or database.schema.table, with double quotes where SQL wants them.',
    ],
    [
      "a column of no table",
      { newest: ["created"] },
      '--newest = "created": it is no name of a column and its table. Write table.column, schema.table.column or database.schema.table.column.',
    ],
    [
      "no number of rows",
      { table: ["t"], minRows: "-1" },
      '--min-rows = "-1": it is no number of rows. Give a whole number, such as 1000.',
    ],
    [
      "rows of nothing",
      { minRows: "1" },
      '--min-rows = "1": it is about what --table names, and nothing is named. Add --table, or leave --min-rows out.',
    ],
    [
      "an age of nothing",
      { maxAge: "15m" },
      '--max-age = "15m": it is about what --newest names, and nothing is named. Add --newest, or leave --max-age out.',
    ],
    [
      "an age in no unit",
      { newest: ["t.c"], maxAge: "15" },
      `--max-age = "15": it is no duration. ${SUCH_DURATION}`,
    ],
    ["no time at all", { timeout: "0s" }, `--timeout = "0s": it is no duration. ${SUCH_DURATION}`],
    [
      "two statements in one",
      { sql: ["SELECT true; SELECT false"] },
      '--sql = "SELECT true; SELECT false": there are 2 statements in it. Give one statement each, and many in a file by --assert.',
    ],
    [
      "a statement without one",
      { sql: ["-- later"] },
      '--sql = "-- later": there is no statement in it. Give one statement each, and many in a file by --assert.',
    ],
    [
      "a file that is not there",
      { assert: ["orders: none.sql"] },
      '--assert = "orders: none.sql": the file cannot be read. Give a file of statements that end in semicolons and return one row with true.',
    ],
    [
      "a file without a statement",
      { assert: ["empty.sql"] },
      '--assert = "empty.sql": there is no statement in the file. Give a file of statements that end in semicolons and return one row with true.',
    ],
  ])("with %s are refused", (_, wrong, refused) => {
    expect(lines(requestOf({ ...OPTIONS, ...wrong }, read).mistakes)).toEqual([refused]);
  });

  test("are understood otherwise", () => {
    const { request, mistakes } = requestOf(
      {
        ...OPTIONS,
        namespace: "shop",
        targetTime: "2026-11-21T09:00:39.5+01:00",
        table: ["kept", "app.audit.events"],
        minRows: "1000",
        newest: ["events.at"],
        maxAge: "1h30m",
        sql: ["SELECT 'a: b' = 'c'", "bill-ing: SELECT true"],
        assert: ["checks.sql"],
        timeout: "2h",
        keep: true,
      },
      read,
    );
    expect(mistakes).toEqual([]);
    expect(request).toEqual({
      cluster: "orders",
      namespace: "shop",
      targetTime: "2026-11-21T09:00:39.5+01:00",
      tables: [
        { database: undefined, schema: "public", table: "kept" },
        { database: "app", schema: "audit", table: "events" },
      ],
      minRows: 1000,
      newest: [{ database: undefined, schema: "public", table: "events", column: "at" }],
      maxAgeSeconds: 5400,
      statements: [
        { database: undefined, title: "SELECT 'a: b' = 'c'", sql: "SELECT 'a: b' = 'c'" },
        { database: "bill-ing", title: "SELECT true", sql: "SELECT true" },
        { database: undefined, title: "SELECT true", sql: "SELECT true" },
        { database: undefined, title: "SELECT 1 = 1", sql: "SELECT 1 = 1" },
      ],
      timeoutSeconds: 7200,
      keep: true,
    });
  });
});
