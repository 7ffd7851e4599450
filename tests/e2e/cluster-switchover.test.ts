/** Two clusters in two namespaces exchange their roles, there and back, without a lost row. */
import { firstBackup } from "./support/backups";
import { eventually } from "./support/commands";
import { query } from "./support/database";
import {
  DATABASE,
  deployed,
  LOGIN,
  ofCluster,
  podOf,
  reach,
  started,
  stopped,
} from "./support/disaster-stack";
import { Writer } from "./support/writer";

const minute = 60_000;

jest.setTimeout(5 * minute);

const config = (replica?: object, standby?: object) => ({
  namespace: { name: "databases", create: false },
  namespaces: { dr: { create: false } },
  certificates: { authority: { namespaces: ["databases", "dr"] } },
  clusters: { main: { ...DATABASE, ...(replica && { replica }) } },
  replicas: standby
    ? {
        standby: {
          source: { cluster: "main" },
          namespace: "dr",
          instances: 1,
          database: { ownerSecret: LOGIN.name },
          // So that its archive has a name that can be written before it is there.
          backup: { generation: "1" },
          ...standby,
        },
      }
    : {},
});

const pair = { cluster: "standby", enabled: false };
const main = () => reach("main-rw", "databases");
const standby = () => reach("standby-rw", "dr");

let writers: Writer[] = [];

async function written(table: string, from: Promise<Awaited<ReturnType<typeof reach>>>) {
  const writer = new Writer(await from, undefined, table);
  writers.push(writer);
  await writer.start();
  await writer.commits(300);
  return writer;
}

const takesWrites = async (where: () => ReturnType<typeof reach>) => {
  const access = await where();
  await eventually(
    () => query(access, "CREATE TABLE IF NOT EXISTS probe (id int)").then(() => "", String),
    (refusal) => refusal === "",
    3 * minute,
  );
};

const refusesWrites = async (where: () => ReturnType<typeof reach>) =>
  expect(query(await where(), "CREATE TABLE refused (id int)")).rejects.toThrow(/read-only/);

beforeAll(async () => {
  await started("databases", "dr");
  await deployed(config());
  await firstBackup("main");
}, 15 * minute);

afterAll(async () => {
  await Promise.all(writers.map((writer) => writer.abandon()));
  writers = [];
  await stopped();
});

test("a replica in another namespace follows, and is declared as the other one of a pair", async () => {
  const before = await podOf("main", "databases");
  console.log(`the pair deployed in ${await deployed(config(pair, { promote: false }))} s`);
  const after = await podOf("main", "databases");
  console.log(`main was ${before === after ? "not restarted" : "restarted"}`);
  await query(await main(), "CREATE TABLE follows AS SELECT 1 AS id");
  const access = await standby();
  await eventually(
    () => query(access, "SELECT id FROM follows").catch(() => []),
    (rows) => rows.length === 1,
    minute,
  );
  await refusesWrites(standby);
});

test("in one deployment the cluster is demoted and the replica promoted, under writes, and nothing is lost", async () => {
  const writer = await written("there", main());
  const from = Date.now();
  console.log(
    `there in ${await deployed(config({ ...pair, enabled: true }, { promote: true }))} s`,
  );
  await takesWrites(standby);
  console.log(`writable after ${(Date.now() - from) / 1000} s`);
  await writer.abandon();
  const missing = await writer.missingIn(await standby());
  console.log(`there: ${JSON.stringify(missing)}`);
  expect(missing.lost).toBe(0);
  expect(missing.of).toBeGreaterThan(300);
  await refusesWrites(main);
});

test("the demoted cluster follows the other one", async () => {
  await query(await standby(), "CREATE TABLE follows_back AS SELECT 1 AS id");
  const access = await main();
  await eventually(
    () => query(access, "SELECT id FROM follows_back").catch(() => []),
    (rows) => rows.length === 1,
    2 * minute,
  );
});

test("and with its token the way back loses nothing either", async () => {
  const writer = await written("back", standby());
  const demoted = config({ ...pair, enabled: true }, { promote: false });
  console.log(`the replica demoted in ${await deployed(demoted)} s`);
  const promotionToken = await eventually(
    () => ofCluster("standby", "dr", ".status.demotionToken"),
    (token) => token !== "",
    2 * minute,
  );
  const back = config({ ...pair, promotionToken }, { promote: false });
  console.log(`back in ${await deployed(back)} s`);
  await takesWrites(main);
  await writer.abandon();
  const missing = await writer.missingIn(await main());
  console.log(`back: ${JSON.stringify(missing)}`);
  expect(missing.lost).toBe(0);
  expect(missing.of).toBeGreaterThan(300);
  await refusesWrites(standby);
});

test("after which everything is as before", async () => {
  await query(await main(), "CREATE TABLE once_more AS SELECT 1 AS id");
  const access = await standby();
  await eventually(
    () => query(access, "SELECT id FROM once_more").catch(() => []),
    (rows) => rows.length === 1,
    2 * minute,
  );
});
