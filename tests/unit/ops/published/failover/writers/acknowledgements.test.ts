import * as fc from "fast-check";
import {
  type Acknowledged,
  lostRows,
  outageOf,
  type Range,
  unacknowledgedRows,
  WriterLog,
} from "../../../../../../ops/published/failover/writers/acknowledgements.ts";

const rows = (...times: number[]): Acknowledged[] =>
  times.map((at, index) => ({ number: index + 1, at }));

/** Numbers as the ranges that SQL makes of them. */
function rangesOf(numbers: readonly number[]): Range[] {
  const ranges: [number, number][] = [];
  for (const number of [...numbers].sort((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges;
}

describe("the outage of a client", () => {
  test.each<[string, number[], { seconds: number; until: number | undefined }]>([
    ["between two commits", [900, 1010, 7410, 9000], { seconds: 6.4, until: 7410 }],
    [
      "that begins with the last commit before the fault",
      [900, 5000, 9000],
      { seconds: 4.1, until: 5000 },
    ],
    ["before the fault does not count", [0, 900, 1100], { seconds: 8.9, until: undefined }],
    ["that is not over", [900, 1010], { seconds: 8.99, until: undefined }],
    ["of one that has never committed", [], { seconds: 9, until: undefined }],
  ])("%s", (_, times, outage) => {
    expect(outageOf(rows(...times), 1000, 10_000)).toEqual(outage);
  });

  test("is the longest gap of all, for any commits", () => {
    const times = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 50 });
    fc.assert(
      fc.property(times, (unsorted) => {
        const sorted = [...unsorted].sort((one, other) => one - other);
        const fault = 5000;
        const end = 20_000;
        const { seconds, until } = outageOf(rows(...sorted), fault, end);
        // In every moment since the fault, the next commit is not farther from the last one than that.
        for (const at of [fault, ...sorted.filter((time) => time > fault)]) {
          const next = sorted.find((time) => time > at) ?? end;
          expect(next - at).toBeLessThanOrEqual(seconds * 1000 + 1e-6);
        }
        expect(until === undefined || sorted.includes(until)).toBe(true);
      }),
    );
  });
});

describe("the rows of a client", () => {
  test("are lost if they were acknowledged and are not there", () => {
    const some = fc.uniqueArray(fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(some, some, (acknowledged, present) => {
        const known = acknowledged.map((number) => ({ number, at: number }));
        const ranges = rangesOf(present);
        const missing = acknowledged.filter((number) => !present.includes(number));
        expect(lostRows(known, ranges)).toBe(missing.length);
        const last = Math.max(0, ...acknowledged);
        const unknown = present.filter(
          (number) => number <= last && !acknowledged.includes(number),
        );
        expect(unacknowledgedRows(known, ranges)).toBe(unknown.length);
      }),
    );
  });
});

describe("the log of a writer", () => {
  test("is read by this machine's clock, however far off the other is, and however often a line comes", () => {
    const log = new WriterLog();
    // The node's clock is an hour behind, and the first line came from a backlog.
    const hour = 3_600_000;
    const at = Date.parse("2026-11-21T12:00:00Z");
    log.take(`ack 1 ${at - hour}000`, at + 900);
    log.take(`ack 2 ${at - hour + 20}500`, at + 22.5);
    log.take(`ack 2 ${at - hour + 20}500`);
    log.take(`ack 3 ${at - hour + 40}000`);
    expect(log.acknowledged()).toEqual([
      { number: 1, at: at + 2 },
      { number: 2, at: at + 22.5 },
      { number: 3, at: at + 42 },
    ]);
    expect(log.lastAt()).toBe(at + 42);
  });

  test("tells what the client was told, the most frequent first", () => {
    const log = new WriterLog();
    log.take("fail 1795691288582022 no answer", 1);
    log.take("fail 1795691288698076 psql: error: Connection refused", 2);
    log.take("fail 1795691288798076 psql: error: Connection refused", 3);
    log.take("fail 1795691288798076 psql: error: Connection refused");
    log.take("bash: line 1: psql: command not found", 4);
    expect(log.errors()).toEqual([
      { message: "psql: error: Connection refused", count: 2 },
      { message: "no answer", count: 1 },
    ]);
    expect(log.lastError).toBe("psql: error: Connection refused");
    expect(log.acknowledged()).toEqual([]);
  });
});
