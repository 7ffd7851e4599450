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
      "an invalid name of a cluster",
      { cluster: "shop/orders" },
      '--cluster = "shop/orders": is not a valid name of a Cluster. Use the name alone, as `kubectl get clusters.postgresql.cnpg.io` shows it.',
    ],
    [
      "a time without its zone",
      { targetTime: "2026-11-21T08:00:39.5" },
      '--target-time = "2026-11-21T08:00:39.5": must have a time zone: otherwise it may be hours off. Write "2026-11-21T08:00:39.5Z" if that is UTC, or add the zone, such as +01:00.',
    ],
    [
      "30 February",
      { targetTime: "2026-02-30T08:00:39Z" },
      `--target-time = "2026-02-30T08:00:39Z": is not a valid time. ${SUCH_TIME}`,
    ],
    [
      "a day alone",
      { targetTime: "2026-11-21" },
      `--target-time = "2026-11-21": is not a valid time. ${SUCH_TIME}`,
    ],
    [
      "too many names for a table",
      { table: ["a.b.c.d"] },
      '--table = "a.b.c.d": is not a valid name of a table. Write table, schema.table or database.schema.table, with double quotes where SQL requires them.',
    ],
    [
      "a column without a table",
      { newest: ["created"] },
      '--newest = "created": must name a table and a column. Write table.column, schema.table.column or database.schema.table.column.',
    ],
    [
      "an invalid number of rows",
      { table: ["t"], minRows: "-1" },
      '--min-rows = "-1": is not a valid number of rows. Use a whole number, such as 1000.',
    ],
    [
      "a number of rows without a table",
      { minRows: "1" },
      '--min-rows = "1": has no effect without --table. Add --table, or remove --min-rows.',
    ],
    [
      "an age without a column",
      { maxAge: "15m" },
      '--max-age = "15m": has no effect without --newest. Add --newest, or remove --max-age.',
    ],
    [
      "an age without a unit",
      { newest: ["t.c"], maxAge: "15" },
      `--max-age = "15": is not a valid duration. ${SUCH_DURATION}`,
    ],
    [
      "a zero timeout",
      { timeout: "0s" },
      `--timeout = "0s": is not a valid duration. ${SUCH_DURATION}`,
    ],
    [
      "two statements in one",
      { sql: ["SELECT true; SELECT false"] },
      '--sql = "SELECT true; SELECT false": must contain one statement, and contains 2. Repeat --sql for each statement, or use a file with --assert.',
    ],
    [
      "a comment without a statement",
      { sql: ["-- later"] },
      '--sql = "-- later": must contain one statement, and contains none. Repeat --sql for each statement, or use a file with --assert.',
    ],
    [
      "a missing file",
      { assert: ["orders: none.sql"] },
      '--assert = "orders: none.sql": cannot be read. Use a file of statements that end in semicolons and return one row with true.',
    ],
    [
      "a file without a statement",
      { assert: ["empty.sql"] },
      '--assert = "empty.sql": must contain a statement. Use a file of statements that end in semicolons and return one row with true.',
    ],
  ])("with %s are refused", (_, wrong, refused) => {
    expect(lines(requestOf({ ...OPTIONS, ...wrong }, read).violations)).toEqual([refused]);
  });

  test("are parsed", () => {
    const { request, violations } = requestOf(
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
    expect(violations).toEqual([]);
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
