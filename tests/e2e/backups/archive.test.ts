import { deployed, type Recovery, rows } from "../support/backup-stack";
import { archived, archiving, firstBackup } from "../support/backups";
import { eventually, kubectlJson, npmRunOk } from "../support/commands";
import { asSuperuser, primaryPod } from "../support/database";

const minute = 60_000;

jest.setTimeout(20 * minute);

describe("Backups and recovery", () => {
  /** All recoveries of the test. */
  const everyone = (): Record<string, Recovery> => ({
    moment: { target: { time: moment }, backup: false },
    latest: { backup: true },
    again: { serverName: serverNames["latest"] ?? "", backup: false },
  });

  /** A moment between the hundredth row and the next. */
  let moment: string;
  let serverNames: Record<string, string>;

  beforeAll(async () => {
    await npmRunOk("sandbox", "stop");
    // The credentials of its store are made with it.
    await npmRunOk("sandbox", "start", "kubernetes");
    ({ serverNames } = await deployed({}));
    await rows("source", "CREATE TABLE kept (id int PRIMARY KEY)");
  }, 90 * minute);

  afterAll(() => npmRunOk("sandbox", "stop"));

  test("the archive has a name of its own, and WAL arrives in it", async () => {
    expect(serverNames).toEqual({
      source: expect.stringMatching(/^source-[0-9a-f]{8}$/) as string,
    });
    await archived("source");
    expect(await archiving("source")).toMatchObject({ status: "True" });
  });

  test("the schedule takes a base backup at once, by the plugin", async () => {
    const backup = await firstBackup("source");
    expect(backup.spec).toMatchObject({ method: "plugin" });
    const { status } = await kubectlJson<{
      status: { serverRecoveryWindow: Record<string, object> };
    }>("get", "objectstore.barmancloud.cnpg.io", "source-backup", "--namespace=databases");
    expect(Object.keys(status.serverRecoveryWindow)).toEqual([serverNames["source"]]);
  });

  test("a recovery to a moment has the rows before it and none after, one to the end has all", async () => {
    await rows("source", "INSERT INTO kept SELECT generate_series(1, 100)");
    const [now] = await rows<{ at: string }>(
      "source",
      `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`,
    );
    moment = now?.at ?? "";
    await rows("source", "SELECT pg_sleep(0.1)");
    await rows("source", "INSERT INTO kept SELECT generate_series(101, 200)");
    await archived("source");

    ({ serverNames } = await deployed({
      moment: { target: { time: moment }, backup: false },
      latest: { backup: true },
    }));
    expect(await ids("moment")).toEqual({ count: 100, last: 100 });
    expect(await ids("latest")).toEqual({ count: 200, last: 200 });
  });

  test("the source runs on, and its archive is its own", async () => {
    await rows("source", "INSERT INTO kept VALUES (1000)");
    await archived("source");
    expect(await ids("moment")).toEqual({ count: 100, last: 100 });
    const [archiver] = await rows<{ failed: string }>(
      "source",
      "SELECT failed_count AS failed FROM pg_stat_archiver",
    );
    expect(archiver).toEqual({ failed: "0" });
  });

  test("the recovered cluster archives and is backed up in a generation of its own", async () => {
    expect(serverNames["latest"]).toMatch(/^latest-[0-9a-f]{8}$/);
    await firstBackup("latest");
    await rows("latest", "INSERT INTO kept VALUES (201)");
    await archived("latest");
  });

  test("and is recovered from that in its turn, with what it alone had", async () => {
    await deployed(everyone());
    expect(await ids("again")).toEqual({ count: 201, last: 201 });
    expect(await ids("source")).toEqual({ count: 201, last: 1000 });
  });

  test("a replica cluster follows the source, and takes no writes", async () => {
    await deployed(everyone(), { promote: false });
    await eventually(
      () => ids("follower", "source"),
      ({ last }) => last === 1000,
      2 * minute,
    );
    // Not in the archive yet: it can only have come by streaming.
    await rows("source", "INSERT INTO kept VALUES (1001)");
    await eventually(
      () => ids("follower", "source"),
      ({ last }) => last === 1001,
      minute,
    );
    await expect(rows("follower", "INSERT INTO kept VALUES (0)", "source")).rejects.toThrow(
      "cannot execute INSERT in a read-only transaction",
    );
  });

  test("and is promoted with every row that was archived", async () => {
    // Streaming has ended by now: what is written from here on comes through the archive alone.
    await asSuperuser(
      await primaryPod("source"),
      `ALTER ROLE streaming_replica NOLOGIN;
       SELECT pg_terminate_backend(pid) FROM pg_stat_replication`,
    );
    await rows("source", "INSERT INTO kept SELECT generate_series(1002, 1100)");
    await archived("source");
    await deployed(everyone(), { promote: true });
    await eventually(
      () => rows("follower", "INSERT INTO kept VALUES (5000)").then(() => "", String),
      (refusal) => refusal === "",
      2 * minute,
    );
    expect(await ids("follower")).toEqual({ count: 302, last: 5000 });
    expect(await ids("source")).toEqual({ count: 301, last: 1100 });
  });

  test("a second deployment changes nothing, and names no new generation", async () => {
    expect(await deployed(everyone(), { promote: true })).toMatchObject({ serverNames });
  });
});

async function ids(
  cluster: string,
  withPasswordOf = cluster,
): Promise<{ count: number; last: number }> {
  const [row] = await rows<{ count: number; last: number }>(
    cluster,
    "SELECT count(*)::int AS count, max(id) AS last FROM kept",
    withPasswordOf,
  );
  return row ?? { count: 0, last: 0 };
}
