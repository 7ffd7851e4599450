import { archiveWal, isFollowing } from "../../../../ops/backup/archived-wal.ts";
import { takeBackup } from "../../../../ops/backup/backups.ts";
import type { Kubectl } from "../../../../ops/published/kubectl.ts";
import { answer, backup, failure, SOURCE } from "../../support/drill-fixtures";

const WANTED = { name: "orders-final", cluster: "orders", namespace: "shop" };
const hour = 3600;

beforeEach(() => {
  jest.useFakeTimers({ now: new Date("2026-11-21T12:00:00Z") });
});

afterEach(() => {
  jest.useRealTimers();
});

/** Minutes since the beginning. */
const minutes = () => (Date.now() - Date.parse("2026-11-21T12:00:00Z")) / 60_000;

/** A namespace in which the requested backup has the current phase. */
function namespaceWith({
  phase,
  others = () => [],
  events = [],
}: {
  phase: () => string | undefined;
  others?: () => ReturnType<typeof backup>[];
  events?: string[];
}) {
  const calls: string[] = [];
  const kubectl: Kubectl = (args, { input } = {}) => {
    const [verb = "", kind = "", name = ""] = args;
    calls.push([verb, kind, ...(input === undefined ? [] : [input])].join(" "));
    if (verb !== "get") return Promise.resolve(answer(""));
    if (kind === "events")
      return Promise.resolve(answer({ items: events.map((message) => ({ message })) }));
    if (kind.startsWith("clusters")) return Promise.resolve(answer(SOURCE));
    const own = backup(WANTED.name, { phase: phase(), backupId: "20261121T120000" });
    return Promise.resolve(answer(name === WANTED.name ? own : { items: [own, ...others()] }));
  };
  return { kubectl, calls };
}

/** Result of a promise, with time advanced until it is settled. */
async function outcome<T>(promise: Promise<T>): Promise<T | string> {
  const settled = promise.catch((error: unknown) => String(error));
  const state = { isOver: false };
  void settled.then(() => (state.isOver = true));
  while (!state.isOver) await jest.advanceTimersByTimeAsync(1000);
  return settled;
}

describe("A requested backup", () => {
  test("is taken from the primary, with its phases reported", async () => {
    const { kubectl, calls } = namespaceWith({
      phase: () => (minutes() < 30 ? "started" : "completed"),
    });
    const told: string[] = [];
    const taken = takeBackup(kubectl, WANTED, {
      timeoutSeconds: hour,
      tell: (phase) => told.push(phase),
    });
    expect(await outcome(taken)).toMatchObject({ phase: "completed" });
    expect(told).toEqual(["started", "completed"]);
    expect(calls[0]).toMatch(/^create .*"target":"primary"/);
  });

  test.each(["failed", "invalid backup definition"])("is complete when it is %s", async (phase) => {
    const { kubectl } = namespaceWith({ phase: () => phase });
    expect(await outcome(takeBackup(kubectl, WANTED, { timeoutSeconds: hour }))).toMatchObject({
      phase,
    });
  });

  test("is withdrawn if it is pending for ten minutes", async () => {
    const { kubectl, calls } = namespaceWith({
      phase: () => "pending",
      events: ["Couldn't find target pod orders-1, will retry in 30 seconds"],
    });
    expect(await outcome(takeBackup(kubectl, WANTED, { timeoutSeconds: 2 * hour }))).toBe(
      "Error: still pending after 10 min 1 s: Couldn't find target pod orders-1, will retry in 30 seconds; the request was withdrawn",
    );
    expect(calls.at(-1)).toBe("delete backups.postgresql.cnpg.io");
  });

  test("is withdrawn if the operator does not set a phase", async () => {
    const { kubectl } = namespaceWith({ phase: () => undefined });
    expect(await outcome(takeBackup(kubectl, WANTED, { timeoutSeconds: 2 * hour }))).toBe(
      "Error: still requested after 10 min 1 s: the operator has not started it; the request was withdrawn",
    );
  });

  test("may wait longer for another running one, and then ten minutes more", async () => {
    const { kubectl } = namespaceWith({
      phase: () => "pending",
      others: () => [backup("nightly", { phase: minutes() < 40 ? "started" : "completed" })],
    });
    expect(await outcome(takeBackup(kubectl, WANTED, { timeoutSeconds: 2 * hour }))).toMatch(
      /^Error: still pending after 50 min/,
    );
  });

  test("is abandoned at its time limit, with the error of the store", async () => {
    const { kubectl, calls } = namespaceWith({ phase: () => "started" });
    const taken = takeBackup(kubectl, WANTED, {
      timeoutSeconds: hour,
      storeError: () => Promise.resolve("An error occurred (403)"),
    });
    expect(await outcome(taken)).toBe(
      "Error: still started after 1 h: An error occurred (403); the Backup orders-final remains and may still be completed",
    );
    expect(calls.filter((call) => call.startsWith("delete"))).toEqual([]);
  });

  test("fails at once if it is refused", async () => {
    const kubectl: Kubectl = () =>
      Promise.resolve(failure("failed calling webhook mbackup.cnpg.io"));
    expect(await outcome(takeBackup(kubectl, WANTED, { timeoutSeconds: hour }))).toBe(
      "Error: failed calling webhook mbackup.cnpg.io",
    );
  });
});

describe("The WAL up to now", () => {
  const CLUSTER = { name: "orders", namespace: "shop" };
  const noError = () => Promise.resolve(undefined);
  const row = (...cells: string[]) => answer(cells.join("\u001f"));

  /** A primary that ends file ...06 on request, and archives it after some minutes. */
  function primary(archivedAfter: number) {
    const asked: string[] = [];
    const kubectl: Kubectl = (args) => {
      const sql = args
        .find((argument) => argument.startsWith("--command="))
        ?.slice("--command=".length);
      if (sql === undefined) return Promise.resolve(answer(SOURCE));
      asked.push(sql);
      if (sql.includes("pg_switch_wal")) return Promise.resolve(row("0/6000128", "0/6000140"));
      const ready = minutes() < archivedAfter ? "000000010000000000000006.ready" : "";
      return Promise.resolve(row("117440512", "16777216", ready));
    };
    return { kubectl, asked };
  }

  test("is ended once, after a record, and archived", async () => {
    const { kubectl, asked } = primary(2);
    expect(await outcome(archiveWal(kubectl, CLUSTER, 600, noError))).toBeUndefined();
    expect(minutes()).toBeGreaterThanOrEqual(2);
    expect(asked.filter((sql) => sql.includes("pg_switch_wal"))).toEqual([
      "SELECT pg_create_restore_point('ha-postgres'), pg_switch_wal()",
    ]);
  });

  test("fails at its time limit, with the error of the store", async () => {
    const { kubectl } = primary(Infinity);
    const storeError = () => Promise.resolve("Could not connect to the endpoint URL");
    expect(await outcome(archiveWal(kubectl, CLUSTER, 600, storeError))).toBe(
      "Error: after 10 min 1 s the WAL up to 0/6000128 is not archived: Could not connect to the endpoint URL",
    );
  });

  test("fails if the primary does not answer", async () => {
    const kubectl: Kubectl = ([verb]) =>
      Promise.resolve(
        verb === "get" ? answer(SOURCE) : failure("FATAL:  the database system is shutting down"),
      );
    expect(await outcome(archiveWal(kubectl, CLUSTER, 600, noError))).toBe(
      "Error: the primary could not end its WAL file: the database system is shutting down",
    );
    expect(await outcome(isFollowing(kubectl, CLUSTER))).toBe(
      "Error: the primary does not answer: the database system is shutting down",
    );
    const without: Kubectl = () => Promise.resolve(answer({ ...SOURCE, status: {} }));
    expect(await outcome(isFollowing(without, CLUSTER))).toBe(
      "Error: the primary does not answer: the cluster has none",
    );
  });
});
