import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, eventually, kubectl, kubectlJson, npmRunOk } from "./commands";
import { asSuperuser, ownerAccess, primaryPod, query, through } from "./database";
import { onStack } from "./stack";

const minute = 60_000;

jest.setTimeout(20 * minute);

interface Recovery {
  serverName?: string;
  target?: { time: string };
  backup: boolean;
}

interface Outputs {
  serverNames: Record<string, string>;
}

const size = {
  instances: 1,
  storage: { size: "1Gi" },
  walStorage: { size: "1Gi" },
  resources: { cpu: "250m", memory: "512Mi" },
};

describe("Backups and recovery", () => {
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
    const { status } = await kubectlJson<{
      status: { conditions: { type: string; status: string }[] };
    }>("get", "cluster.postgresql.cnpg.io", "source", "--namespace=databases");
    expect(status.conditions).toContainEqual(
      expect.objectContaining({ type: "ContinuousArchiving", status: "True" }),
    );
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
    const from = serverNames["latest"] ?? "";
    await deployed({
      moment: { target: { time: moment }, backup: false },
      latest: { backup: true },
      again: { serverName: from, backup: false },
    });
    expect(await ids("again")).toEqual({ count: 201, last: 201 });
    expect(await ids("source")).toEqual({ count: 201, last: 1000 });
  });

  test("a second deployment changes nothing, and names no new generation", async () => {
    const before = serverNames["latest"];
    const again = await deployed({
      moment: { target: { time: moment }, backup: false },
      latest: { backup: true },
      again: { serverName: before ?? "", backup: false },
    });
    expect(again.serverNames["latest"]).toBe(before);
    expect(again.serverNames["source"]).toBe(serverNames["source"]);
  });
});

/** The stack of the test with these recoveries beside the source, once all of them serve. */
async function deployed(recoveries: Record<string, Recovery>): Promise<Outputs> {
  const pki = readCredentials();
  const config = {
    "ha-postgres:platform": {
      cloudNativePg: { replicas: 1, resources: { cpu: "200m", memory: "256Mi" } },
      certManager: {},
      barmanCloudPlugin: {},
    },
    "ha-postgres:clusters": { source: size },
    "ha-postgres:recoveries": recoveries,
    "ha-postgres:s3": pki,
  };
  return onStack<Outputs>("backup", "up", config);
}

/** What a client of the sandbox's S3 store needs. */
function readCredentials() {
  const folder = join(cacheFolder, "cluster");
  const { accessKeyId: id, secretAccessKey: secret } = JSON.parse(
    readFileSync(join(folder, "s3-credentials.json"), "utf8"),
  ) as { accessKeyId: string; secretAccessKey: string };
  return { id, secret, ca: readFileSync(join(folder, "pki", "ca.crt"), "utf8") };
}

/** A query as the owner of the database, whose password is another one in each cluster, over TLS. */
async function rows<Row>(cluster: string, sql: string): Promise<Row[]> {
  return query<Row>(await through(`${cluster}-rw`, await ownerAccess(cluster)), sql);
}

async function ids(cluster: string): Promise<{ count: number; last: number }> {
  const [row] = await rows<{ count: number; last: number }>(
    cluster,
    "SELECT count(*)::int AS count, max(id) AS last FROM kept",
  );
  return row ?? { count: 0, last: 0 };
}

/** Ends the current WAL file and waits until it is in the archive. */
async function archived(cluster: string): Promise<void> {
  const pod = await primaryPod(cluster);
  const file = await asSuperuser(pod, "SELECT pg_walfile_name(pg_switch_wal())");
  await eventually(
    () => asSuperuser(pod, "SELECT last_archived_wal FROM pg_stat_archiver"),
    (last) => last.trim() >= file.trim(),
    2 * minute,
  );
}

interface Backup {
  spec: { cluster: { name: string }; method: string };
  status?: { phase?: string };
}

/** The first complete base backup of a cluster. */
async function firstBackup(cluster: string): Promise<Backup> {
  const complete = async () => {
    const { items } = await kubectlJson<{ items: Backup[] }>(
      ...["get", "backups.postgresql.cnpg.io", "--namespace=databases"],
    );
    return items.find(
      ({ spec, status }) => spec.cluster.name === cluster && status?.phase === "completed",
    );
  };
  const found = await eventually(complete, (backup) => backup !== undefined, 5 * minute);
  if (!found)
    throw new Error(await kubectl("get", "backups.postgresql.cnpg.io", "--all-namespaces"));
  return found;
}
