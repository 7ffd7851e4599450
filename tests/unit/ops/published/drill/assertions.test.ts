import type { DrillRequest } from "../../../../../ops/published/drill/request.ts";
import { answers, AT, drill, LINES } from "../../../support/drill-simulation";

/** Seconds since 1970 of a time this many seconds ago. */
const ago = (seconds: number) => String(Date.now() / 1000 - seconds);

/** The assertions of a report except the two that always exist. */
async function results(
  request: Partial<DrillRequest>,
  copy: Record<string, string[][] | Error> = {},
  source?: Record<string, string[][] | Error>,
) {
  const { report } = await drill(request, { sql: answers(copy, source) });
  return { outcome: report.outcome, assertions: report.assertions.slice(2) };
}

describe("the assertion", () => {
  test("of the system identifier fails on another cluster's data", async () => {
    const { report } = await drill({}, { sql: answers({ pg_control_system: [["42"]] }) });
    expect(report.outcome).toBe("failed");
    expect(report.assertions[0]).toMatchObject({
      status: "failed",
      why: "42 differs from the source's 7575000000000000001: the archive is of another cluster",
    });
  });

  test.each([
    ["that is missing", [["postgres", "5", "0"]], "failed"],
    [
      "that the operator has created",
      [
        ["orders", "24577", "0"],
        ["postgres", "5", "0"],
      ],
      "failed",
    ],
    [
      "that the source has replaced since",
      [
        ["orders", "16384", "0"],
        ["postgres", "5", "0"],
      ],
      "passed",
    ],
  ])("of the databases with one %s", async (_, restored, status) => {
    const there = [
      ["orders", "16385", "0"],
      ["postgres", "5", "0"],
    ];
    const { report } = await drill(
      {},
      { sql: answers({ datistemplate: restored }, { datistemplate: there }) },
    );
    expect(report.assertions[1]).toEqual({
      name: "databases",
      status,
      why: status === "passed" ? "orders, postgres" : "orders is not in the archive",
    });
  });

  test("of the databases ignores those created after the recovery target", async () => {
    const young = String(Date.parse("2026-11-21T11:58:31Z") / 1000);
    const there = [
      ["bills", "30000", young],
      ["orders", "16385", "0"],
      ["postgres", "5", "0"],
    ];
    const { report } = await drill({}, { sql: answers({}, { datistemplate: there }) });
    expect(report.assertions[1]).toMatchObject({ status: "passed", why: "orders, postgres" });
  });

  test.each([
    ["fewer rows than the source's passes", "100", "200", undefined, "passed", ""],
    ["none of the source's rows fails", "0", "200", undefined, "failed", ""],
    ["no rows, as at the source, passes", "0", "0", undefined, "passed", ""],
    ["fewer rows than required fails", "100", "200", 150, "failed", "; at least 150 are required"],
    ["as many rows as required passes", "150", "200", 150, "passed", ""],
  ])("of a table with %s", async (_, here, there, minRows, status, more) => {
    const { assertions } = await results(
      { tables: [LINES], minRows },
      { "count(*)": [[here]] },
      { "count(*)": [[there]] },
    );
    expect(assertions).toEqual([
      {
        name: "rows of orders.public.lines",
        status,
        why: `${here} restored, ${there} at the source${more}`,
        restored: Number(here),
        source: Number(there),
      },
    ]);
  });

  test("of a table that is not counted at the source reports the reason", async () => {
    const refused = { "count(*)": new Error("ERROR:  public.lines has row-level security") };
    const { assertions } = await results({ tables: [LINES] }, { "count(*)": [["7"]] }, refused);
    expect(assertions).toMatchObject([
      {
        status: "passed",
        why: "7 restored, an unknown number at the source (public.lines has row-level security)",
        source: null,
      },
    ]);
  });

  test("of a table that does not exist fails", async () => {
    const missing = { "count(*)": new Error('ERROR:  relation "public.lines" does not exist') };
    const table = { ...LINES, database: "Old", schema: "a.b" };
    expect(await results({ tables: [table] }, missing)).toEqual({
      outcome: "failed",
      assertions: [
        {
          name: 'rows of "Old"."a.b".lines',
          status: "failed",
          why: 'relation "public.lines" does not exist',
        },
      ],
    });
  });

  test.each([
    ["young enough", ago(60), 900, "passed", /^\S+Z, 1 min( \d+ s)? old$/],
    ["too old", ago(3600), 900, "failed", /^\S+Z, 1 h( \d+ s)? old; at most 15 min is allowed$/],
    ["of any age", ago(3600), undefined, "passed", /^\S+Z, 1 h( \d+ s)? old$/],
    ["missing", "", 900, "failed", /^no row exists$/],
  ])("of a newest row that is %s", async (_, epoch, maxAgeSeconds, status, why) => {
    const { assertions } = await results(
      { newest: [AT], maxAgeSeconds },
      { 'max("at")': epoch === "" ? [] : [[epoch]] },
    );
    expect(assertions).toEqual([
      expect.objectContaining({
        name: "newest orders.public.lines.at",
        status,
        why: expect.stringMatching(why) as string,
      }),
    ]);
  });

  test.each([
    ["true", [["t"]], "passed", "true"],
    ["false", [["f"]], "failed", "returned false, and must return one row with true"],
    ["a number", [["1"]], "failed", 'returned "1", and must return one row with true'],
    ["nothing", [], "failed", "returned nothing, and must return one row with true"],
    ["two rows", [["t"], ["t"]], "failed", "returned 2 rows, and must return one row with true"],
    [
      "true and null",
      [["t"], [""]],
      "failed",
      "returned 2 rows, and must return one row with true",
    ],
    [
      "null and true",
      [[""], ["t"]],
      "failed",
      "returned 2 rows, and must return one row with true",
    ],
    [
      "true and null in one row",
      [["t", ""]],
      "failed",
      'returned "t", "", and must return one row with true',
    ],
    [
      "a text in two lines",
      [["t\nt"]],
      "failed",
      'returned "t\\nt", and must return one row with true',
    ],
    ["two columns", [["t", "t"]], "failed", 'returned "t", "t", and must return one row with true'],
    ["an error", new Error("ERROR:  division by zero"), "failed", "division by zero"],
  ])("of the user that returns %s", async (_, rows, status, why) => {
    const statement = { database: undefined, title: "own", sql: "SELECT own()" };
    const { outcome, assertions } = await results({ statements: [statement] }, { "own()": rows });
    expect(assertions).toEqual([{ name: "own", status, why }]);
    expect(outcome).toBe(status);
  });
});
