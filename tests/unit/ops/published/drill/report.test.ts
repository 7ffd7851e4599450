import * as fc from "fast-check";
import { parseDuration, showDuration } from "../../../../../ops/published/duration.ts";
import { progressOn } from "../../../../../ops/published/progress.ts";
import { lastLines, readRecoveryLog } from "../../../../../ops/published/drill/recovery-log.ts";
import { type Report, reportJson, reportText } from "../../../../../ops/published/drill/report.ts";
import { showBytes } from "../../../../../ops/published/bytes.ts";
import { PLUGIN_LOG, postgresLine } from "../../../support/drill-fixtures";

const REPORT: Report = {
  outcome: "failed",
  error: null,
  cluster: { name: "orders", namespace: "shop" },
  drill: {
    name: "orders-drill-k3x9qa",
    startedAt: "2026-11-21T12:00:00.000Z",
    seconds: 71.2,
    end: "deleted",
  },
  targetTime: null,
  archive: { objectStore: "orders-backup", serverName: "orders-00c0ffee" },
  backup: { id: "20261121T020000", finishedAt: "2026-11-21T02:00:09Z" },
  recoverySeconds: 41.6,
  data: { lastTransactionAt: "2026-11-21T11:58:30.000Z", ageSeconds: 90, bytes: 32715264 },
  source: { serves: true, lastArchivedAt: "2026-11-21T11:59:00.000Z" },
  assertions: [
    { name: "databases", status: "passed", why: "orders, postgres" },
    {
      name: "rows of orders.public.lines",
      status: "failed",
      why: "0 restored, 200 at the source",
      restored: 0,
      source: 200,
    },
  ],
  log: [],
};

describe("the report of a drill", () => {
  test("is a table", () => {
    expect(reportText(REPORT)).toBe(`Restore drill of orders in shop: failed

base backup    20261121T020000         finished 2026-11-21T02:00:09Z
recovered to   the end of the archive
recovery time  42 s
data age       1 min 30 s              last transaction 2026-11-21T11:58:30.000Z
size           31.2 MiB
drill cluster  orders-drill-k3x9qa     deleted

RESULT  ASSERTION                    WHY
passed  databases                    orders, postgres
failed  rows of orders.public.lines  0 restored, 200 at the source
`);
  });

  test("shows unknown values, the error and the end of the log", () => {
    const failed: Report = {
      ...REPORT,
      error: "recovery ended before configured recovery target was reached",
      targetTime: "2026-11-21T08:00:39Z",
      drill: { ...REPORT.drill, end: "kept" },
      backup: { id: null, finishedAt: null },
      recoverySeconds: null,
      data: { lastTransactionAt: null, ageSeconds: null, bytes: null },
      assertions: [],
      log: ["one line", "another"],
    };
    expect(reportText(failed)).toBe(`Restore drill of orders in shop: failed
recovery ended before configured recovery target was reached

base backup    unknown
recovered to   2026-11-21T08:00:39Z
recovery time  unknown
data age       unknown
size           unknown
drill cluster  orders-drill-k3x9qa   kept

The log of the recovery ends with:
one line
another
`);
  });

  test("is the complete report as JSON", () => {
    expect(JSON.parse(reportJson(REPORT))).toEqual(REPORT);
  });

  test.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1.0 KiB"],
    [1024 ** 4 * 3000, "3000.0 TiB"],
  ])("shows %d bytes as %s", (bytes, shown) => {
    expect(showBytes(bytes)).toBe(shown);
  });
});

describe("a duration", () => {
  test.each([
    ["90s", 90],
    ["15m", 900],
    ["1h30m", 5400],
    ["1d", 86400],
  ])("%s is %d seconds", (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  test.each(["", "0s", "15", "m", "1.5h", "-1m", "30m1h", "1 h", "9".repeat(20) + "d"])(
    "is not `%s`",
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  test.each([
    [0.4, "0 s"],
    [41.6, "42 s"],
    [60, "1 min"],
    [3661, "1 h 1 min"],
    [90_000, "1 d 1 h"],
    [-5, "0 s"],
  ])("of %d seconds is shown as %s", (seconds, shown) => {
    expect(showDuration(seconds)).toBe(shown);
  });

  test("is read back as it was written", () => {
    const count = fc.integer({ min: 0, max: 1000 });
    fc.assert(
      fc.property(count, count, count, count, (d, h, m, s) => {
        const seconds = d * 86400 + h * 3600 + m * 60 + s;
        expect(parseDuration(`${d}d${h}h${m}m${s}s`)).toBe(seconds === 0 ? undefined : seconds);
      }),
    );
  });
});

describe("the log of a recovery", () => {
  const log = [
    "starting",
    PLUGIN_LOG,
    postgresLine('restored log file "0000000100000000000000A3" from archive'),
    postgresLine('restored log file "00000002.history" from archive'),
    postgresLine("the database system is not yet accepting connections", "FATAL"),
    postgresLine("last completed transaction was at log time 2026-11-21 17:28:30.123456+05:30"),
  ].join("\n");

  test("contains the base backup, the last WAL and the last transaction", () => {
    expect(readRecoveryLog(log)).toEqual({
      backup: { id: "20261121T020000", finishedAt: "2026-11-21T02:00:09Z" },
      lastWal: "0000000100000000000000A3",
      lastTransactionAt: new Date("2026-11-21T11:58:30.123Z"),
    });
  });

  test("contains PostgreSQL's fatal error", () => {
    const why = "recovery ended before configured recovery target was reached";
    expect(readRecoveryLog(`${log}\n${postgresLine(why, "FATAL")}`).fatal).toBe(why);
  });

  test("contains nothing for other text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readRecoveryLog(text)).toEqual({});
      }),
    );
  });

  test("ends with readable lines", () => {
    const error = { ts: "2026-11-21T12:00:21Z", msg: "Can't restore backup", error: "exit code 1" };
    expect(lastLines(`${log}\n${JSON.stringify(error)}\nplain\n`, 3)).toEqual([
      "2026-11-21T12:00:20Z LOG: last completed transaction was at log time 2026-11-21 17:28:30.123456+05:30",
      "2026-11-21T12:00:21Z Can't restore backup: exit code 1",
      "plain",
    ]);
  });
});

describe("the progress of a drill", () => {
  /** Text that is written to a terminal or to another stream, with a simulated clock. */
  function written(terminal: { isTTY?: boolean; columns?: number }): string {
    let text = "";
    let now = 0;
    const progress = progressOn({ ...terminal, write: (part) => (text += part) }, () => now);
    const after = (second: number, step: string) => {
      now = second * 1000;
      progress.step(step);
    };
    after(1, "declaring x");
    after(2, "declaring x");
    after(62, "replaying WAL: A1");
    after(63, "replaying WAL: A2");
    progress.note("SIGINT");
    after(64, "removing x");
    progress.end();
    return text;
  }

  test("is one line for each step without a terminal", () => {
    expect(written({})).toBe(
      "         1 s  declaring x\n" +
        "   1 min 2 s  replaying WAL: A1\n" +
        "SIGINT\n" +
        "   1 min 4 s  removing x\n",
    );
  });

  test("is an updated line on a terminal", () => {
    const start = "\r\u001b[K";
    expect(written({ isTTY: true, columns: 28 })).toBe(
      `${start}         1 s  declaring x\n` +
        `${start}   1 min 2 s  replaying WAL` +
        `${start}   1 min 3 s  replaying WAL\n` +
        "SIGINT\n" +
        `${start}   1 min 4 s  removing x\n`,
    );
  });
});
