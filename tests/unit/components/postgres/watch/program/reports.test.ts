import type { Lease } from "../../../../../../components/postgres/watch/program/objects";
import {
  leaseOf,
  reportOf,
  Reports,
} from "../../../../../../components/postgres/watch/program/reports";
import {
  PAUSE_MS,
  turnLease,
  turnName,
  whoseTurn,
} from "../../../../../../components/postgres/watch/program/turn";

const at = new Date("2026-11-26T12:00:00.123Z");
const silences = { "shop/orders": { uid: "uid-1", ms: 4000, sight: "gone" as const } };
const report = { watcher: "watch-a", node: "node2", silences };

/** The Lease as the API server gives it back. */
function stored(lease: Lease, resourceVersion: string): Lease {
  return { ...lease, metadata: { ...lease.metadata, resourceVersion } };
}

describe("what watchers tell each other", () => {
  test("is in a Lease, and is read from it", () => {
    const lease = leaseOf(report, at);
    expect(lease.spec).toEqual({
      holderIdentity: "watch-a",
      renewTime: "2026-11-26T12:00:00.123000Z",
    });
    expect(reportOf(lease)).toEqual(report);
    expect(reportOf({ metadata: { name: "turn.shop.orders" }, spec: {} })).toBeUndefined();
  });

  test("counts while it is renewed, by the clock of the one who reads it", () => {
    const reports = new Reports();
    const lease = stored(leaseOf(report, new Date(0)), "1");
    reports.note([lease], 10_000);
    expect(reports.fresh(3000, 13_000)).toEqual([report]);
    reports.note([lease], 13_000);
    expect(reports.fresh(3000, 13_001)).toEqual([]);
    reports.note([stored(lease, "2")], 14_000);
    expect(reports.fresh(3000, 14_000)).toEqual([report]);
    reports.note([], 14_500);
    expect(reports.fresh(3000, 14_500)).toEqual([]);
  });
});

describe("the turn to delete a primary", () => {
  const claim = { watcher: "watch-a", uid: "uid-1" };
  const name = turnName("shop", "orders");
  const taken = stored(turnLease(name, undefined, claim, at), "5");
  const later = (ms: number) => new Date(at.getTime() + ms);

  test("is free the first time", () => {
    expect(whoseTurn(undefined, claim, at)).toBe("mine");
    expect(turnLease(name, undefined, claim, at)).toEqual({
      metadata: { name: "turn.shop.orders", annotations: { "ha-postgres/deletes": "uid-1" } },
      spec: { holderIdentity: "watch-a", acquireTime: "2026-11-26T12:00:00.123000Z" },
    });
  });

  test("is spent for ten minutes, for another pod", () => {
    expect(whoseTurn(taken, { ...claim, uid: "uid-2" }, later(PAUSE_MS - 1))).toBe("spent");
    expect(whoseTurn(taken, { ...claim, uid: "uid-2" }, later(PAUSE_MS))).toBe("mine");
  });

  test("is of the watcher that took it, as long as it may still do it", () => {
    const other = { ...claim, watcher: "watch-b" };
    expect(whoseTurn(taken, other, later(10_000))).toBe("theirs");
    expect(whoseTurn(taken, other, later(10_001))).toBe("mine");
    expect(whoseTurn(taken, claim, later(1000))).toBe("mine");
  });

  test("is taken in the place of the last one only if nobody was faster", () => {
    expect(turnLease(name, taken, claim, later(PAUSE_MS)).metadata.resourceVersion).toBe("5");
  });
});
