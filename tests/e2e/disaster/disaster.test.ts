/**
 * Another cluster takes over: a replica in another namespace, there and back without a lost row; and a recovery, to which the
 * clients move by the name that they have, before the broken cluster is retired.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { archived, firstBackup } from "../support/backups";
import { eventually } from "../support/commands";
import { query } from "../support/database";
import { directOk } from "../support/direct";
import {
  DATABASE,
  deployed,
  deploying,
  LOGIN,
  ofCluster,
  outputOf,
  podOf,
  reach,
  started,
  stopped,
} from "./stack";
import { Writer } from "../support/writer";

const minute = 60_000;

jest.setTimeout(5 * minute);

const home = "databases";
const main = () => reach("main-rw", home);
const standby = () => reach("standby-rw", "dr");
const orders = () => reach("orders-rw", home);

const login = { ownerSecret: LOGIN.name };
const common = {
  namespace: { name: home, create: false },
  namespaces: { dr: { create: false } },
  certificates: { authority: { namespaces: [home, "dr"] } },
  aliases: { orders: { cluster: "main" } },
};

const pair = { cluster: "standby", enabled: false };
const paired = (replica: object, promote: boolean) => ({
  ...common,
  clusters: { main: { ...DATABASE, replica } },
  replicas: {
    standby: {
      source: { cluster: "main" },
      namespace: "dr",
      instances: 1,
      database: login,
      // So that its archive has a name that can be written before it is there.
      backup: { generation: "1" },
      promote,
    },
  },
});

const writers: Writer[] = [];

async function writing(table: string, where: () => ReturnType<typeof reach>): Promise<Writer> {
  const writer = new Writer(await where(), undefined, table);
  writers.push(writer);
  await writer.start();
  await writer.commits(300);
  return writer;
}

async function takesWrites(where: () => ReturnType<typeof reach>): Promise<void> {
  const access = await where();
  await eventually(
    () => query(access, "CREATE TABLE IF NOT EXISTS probe (id int)").then(() => "", String),
    (refusal) => refusal === "",
    2 * minute,
  );
}

async function refusesWrites(where: () => ReturnType<typeof reach>): Promise<void> {
  await expect(query(await where(), "CREATE TABLE refused (id int)")).rejects.toThrow(/read-only/);
}

/** What is made in the one arrives in the other. */
async function follows(
  follower: () => ReturnType<typeof reach>,
  primary: () => ReturnType<typeof reach>,
  table: string,
): Promise<void> {
  await query(await primary(), `CREATE TABLE ${table} AS SELECT 1 AS id`);
  const access = await follower();
  await eventually(
    () => query(access, `SELECT id FROM ${table}`).catch(() => []),
    (rows) => rows.length === 1,
    2 * minute,
  );
  await refusesWrites(follower);
}

beforeAll(async () => {
  await started(home, "dr");
  console.log(`main deployed in ${await deployed({ ...common, clusters: { main: DATABASE } })} s`);
  await firstBackup("main");
}, 15 * minute);

afterAll(async () => {
  await Promise.all(writers.map((writer) => writer.abandon()));
  await stopped();
});

let promotionToken = "";

describe("Two clusters in two namespaces exchange their roles", () => {
  test("the replica follows, and the cluster gets to know it", async () => {
    console.log(`the pair deployed in ${await deployed(paired(pair, false))} s`);
    await follows(standby, main, "follows");
  });

  test("one deployment demotes the cluster and promotes the replica, under writes, and nothing is lost", async () => {
    const writer = await writing("there", main);
    const from = Date.now();
    console.log(`there in ${await deployed(paired({ ...pair, enabled: true }, true))} s`);
    await takesWrites(standby);
    console.log(`writable after ${(Date.now() - from) / 1000} s at most`);
    await writer.abandon();
    const missing = await writer.missingIn(await standby());
    console.log(`there: ${JSON.stringify(missing)}`);
    expect(missing.lost).toBe(0);
    expect(missing.of).toBeGreaterThan(300);
    await follows(main, standby, "follows_back");
  });

  test("and with the token of the other one the way back loses nothing either", async () => {
    const writer = await writing("back", standby);
    console.log(`demoted in ${await deployed(paired({ ...pair, enabled: true }, false))} s`);
    promotionToken = await eventually(
      () => ofCluster("standby", "dr", ".status.demotionToken"),
      (token) => token !== "",
      2 * minute,
    );
    console.log(`back in ${await deployed(paired({ ...pair, promotionToken }, false))} s`);
    await takesWrites(main);
    await writer.abandon();
    const missing = await writer.missingIn(await main());
    console.log(`back: ${JSON.stringify(missing)}`);
    expect(missing.lost).toBe(0);
    expect(missing.of).toBeGreaterThan(300);
    await follows(standby, main, "once_more");
  });
});

describe("A recovery takes over", () => {
  /** The last moment at which everything was well. */
  let moment: Date;
  let writer: Writer;

  const recovery = () => ({
    source: { cluster: "main" },
    target: { time: moment.toISOString() },
    instances: 1,
    database: login,
  });
  const recovered = () => ({
    ...paired({ ...pair, promotionToken }, false),
    recoveries: { restored: recovery() },
  });
  const moved = () => ({ ...recovered(), aliases: { orders: { cluster: "restored" } } });
  const retired = (restored: object) => ({
    ...moved(),
    clusters: {},
    replicas: {},
    recoveries: { restored },
  });

  test("a table is dropped: the broken cluster is stopped, and a recovery has the time before", async () => {
    await query(await orders(), "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id");
    writer = await writing("written", orders);
    moment = new Date();
    await sleep(1500);
    await query(await orders(), "DROP TABLE kept");
    await archived("main");
    const fence = 'cnpg.io/fencedInstances=["*"]';
    await directOk("annotate", "clusters.postgresql.cnpg.io", "main", `--namespace=${home}`, fence);
    console.log(`recovered in ${await deployed(recovered())} s`);
    const access = await reach("restored-rw", home);
    expect(await query(access, "SELECT count(*)::int AS count FROM kept")).toEqual([
      { count: 1000 },
    ]);
    const missing = await writer.missingIn(access, moment.getTime());
    console.log(`until the moment: ${JSON.stringify(missing)}`);
    expect(missing.lost).toBe(0);
    expect(missing.of).toBeGreaterThan(300);
  });

  test("one line in the file moves the clients, which verify it and go on as they are", async () => {
    const before = writer.connection;
    console.log(`moved in ${await deployed(moved())} s`);
    await writer.commitsAfter(before, 200);
    expect(await query(await orders(), "SELECT count(*)::int AS count FROM kept")).toEqual([
      { count: 1000 },
    ]);
  });

  test("without the broken cluster the file is refused, and it is said what to write", async () => {
    const { code, all } = await deploying(retired(recovery()));
    expect(code).toBe(1);
    expect(all).toContain("If main was removed, replace source by what the last deployment has");
  });

  test("with that it is retired, and nothing of the recovery changes", async () => {
    const { restored } = await outputOf<{ restored: object }>("standalone");
    const state = async () => [
      await podOf("restored", home),
      await ofCluster("restored", home, ".metadata.generation"),
    ];
    const was = await state();
    const { connection } = writer;
    console.log(`retired in ${await deployed(retired({ ...recovery(), ...restored }))} s`);
    expect(await state()).toEqual(was);
    expect(await ofCluster("main", home, ".metadata.name")).toBe("");
    await writer.commits(100);
    expect(writer.connection).toBe(connection);
  });
});
