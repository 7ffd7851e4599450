import {
  baseBackupsOf,
  firstStep,
  missingWal,
  recoverable,
} from "../../../../ops/published/base-backups.ts";
import type { Backup } from "../../../../ops/published/objects.ts";
import { backup, UNENDED } from "../../support/drill-fixtures";

const completed = (name: string, stoppedAt: string, lsn = "0/3000100"): Backup =>
  backup(name, {
    phase: "completed",
    stoppedAt,
    endLSN: lsn,
    endWal: `0000000100000000000000${lsn.slice(2, 3).padStart(2, "0")}`,
  });

const WINDOW = {
  firstRecoverabilityPoint: "2026-11-20T02:00:07Z",
  lastSuccessfulBackupTime: "2026-11-21T02:00:09Z",
};
const EARLIER = completed("earlier-archive", "2026-11-19T02:00:00Z");
const FIRST = completed("first", "2026-11-20T02:00:07Z");
const LAST = completed("last", "2026-11-21T02:00:09Z", "0/6000060");
const HOLLOW = { backup: "last", file: "000000010000000000000006", why: "unfinished" };

test("the base backups of an archive are the completed ones of this cluster since the first, oldest first", () => {
  const elsewhere = { ...LAST, spec: { cluster: { name: "bills" } } };
  const failed = backup("failed", { phase: "failed", stoppedAt: "2026-11-20T12:00:00Z" });
  expect(baseBackupsOf("orders", WINDOW, [LAST, elsewhere, failed, FIRST, EARLIER])).toEqual([
    FIRST,
    LAST,
  ]);
  expect(baseBackupsOf("orders", {}, [FIRST])).toEqual([]);
});

test("a recovery starts with the last base backup that was complete by then", () => {
  const all = [FIRST, LAST];
  expect(firstStep(all, undefined)).toBe(LAST);
  expect(firstStep(all, "2026-11-21T03:00:09+01:00")).toBe(LAST);
  expect(firstStep(all, "2026-11-21T02:00:08Z")).toBe(FIRST);
  expect(firstStep(all, "2026-11-20T02:00:06Z")).toBeUndefined();
});

describe("A base backup lacks WAL", () => {
  test("if the file in which it ends is not archived", () => {
    expect(missingWal(LAST, UNENDED)).toEqual(HOLLOW);
    expect(missingWal(FIRST, UNENDED)).toBeUndefined();
  });

  test("only if the facts are known", () => {
    expect(missingWal(LAST, undefined)).toBeUndefined();
    expect(missingWal(backup("old", { phase: "completed" }), UNENDED)).toBeUndefined();
  });
});

describe("An archive can be recovered", () => {
  const { firstRecoverabilityPoint: since } = WINDOW;

  test("since its first base backup", () => {
    expect(recoverable(WINDOW, [FIRST, LAST], { ...UNENDED, end: UNENDED.end * 2n })).toEqual({
      since,
    });
  });

  test("since then also if only the last one lacks WAL", () => {
    expect(recoverable(WINDOW, [FIRST, LAST], UNENDED)).toEqual({ since, missing: HOLLOW });
  });

  test("not at all if the only one lacks WAL", () => {
    const window = { ...WINDOW, firstRecoverabilityPoint: "2026-11-21T02:00:09Z" };
    expect(recoverable(window, [LAST], UNENDED)).toEqual({ since: undefined, missing: HOLLOW });
  });

  test("since the time in the store, if the Backup objects or the primary are missing", () => {
    expect(recoverable(WINDOW, [], UNENDED)).toEqual({ since });
    expect(recoverable(WINDOW, [LAST], UNENDED)).toEqual({ since, missing: HOLLOW });
    expect(recoverable(WINDOW, [FIRST, LAST], undefined)).toEqual({ since });
  });
});
