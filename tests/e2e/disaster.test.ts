/** A table is gone, and the way out: recover, move the clients, retire the broken cluster. */
import { setTimeout as sleep } from "node:timers/promises";
import { archived, firstBackup } from "./support/backups";
import { query } from "./support/database";
import { directOk } from "./support/direct";
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
} from "./support/disaster-stack";
import { Writer } from "./support/writer";

const minute = 60_000;

jest.setTimeout(5 * minute);

const home = "databases";

const config = {
  namespace: { name: home, create: false },
  certificates: { authority: { namespaces: [home] } },
  clusters: { main: DATABASE },
  aliases: { orders: { cluster: "main" } },
};

let writer: Writer;
/** The last moment at which everything was well. */
let moment: Date;

const recovery = () => ({
  source: { cluster: "main" },
  target: { time: moment.toISOString() },
  instances: 1,
  database: { ownerSecret: LOGIN.name },
});
const recovered = () => ({ ...config, recoveries: { restored: recovery() } });
const moved = () => ({ ...recovered(), aliases: { orders: { cluster: "restored" } } });

beforeAll(async () => {
  await started(home);
  await deployed(config);
  await firstBackup("main");
}, 15 * minute);

afterAll(async () => {
  await writer.abandon();
  await stopped();
});

test("clients write by the name that stays, and verify it", async () => {
  const access = await reach("orders-rw", home);
  await query(access, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id");
  writer = new Writer(access);
  await writer.start();
  await writer.commits(200);
});

test("a table is dropped by mistake: the broken cluster is stopped, and a recovery has the time before", async () => {
  moment = new Date();
  await sleep(1500);
  await query(await reach("orders-rw", home), "DROP TABLE kept");
  await archived("main");
  const fence = 'cnpg.io/fencedInstances=["*"]';
  await directOk("annotate", "clusters.postgresql.cnpg.io", "main", `--namespace=${home}`, fence);
  console.log(`recovery deployed in ${await deployed(recovered())} s`);
  const access = await reach("restored-rw", home);
  const [row] = await query<{ count: string }>(access, "SELECT count(*) FROM kept");
  expect(row).toEqual({ count: "1000" });
  const missing = await writer.missingIn(access, moment.getTime());
  console.log(`acknowledged until the moment: ${JSON.stringify(missing)}`);
  expect(missing).toEqual({ of: expect.any(Number) as number, lost: 0 });
});

test("one line in the file moves the clients, which go on as they are", async () => {
  const before = writer.connection;
  console.log(`moved in ${await deployed(moved())} s`);
  await writer.commitsAfter(before, 200);
  const missing = await writer.missingIn(await reach("restored-rw", home), moment.getTime());
  expect(missing.lost).toBe(0);
  const [row] = await query<{ count: string }>(
    await reach("orders-rw", home),
    "SELECT count(*) FROM kept",
  );
  expect(row).toEqual({ count: "1000" });
});

test("without the broken cluster the file is refused, and it is said what to write", async () => {
  const { code, all } = await deploying({ ...moved(), clusters: {} });
  expect(code).toBe(1);
  expect(all).toContain(
    "If main was removed, replace source by what the last deployment has of it",
  );
});

test("with that it is retired, and nothing of the recovery changes", async () => {
  const { restored } = await outputOf<{ restored: object }>("standalone");
  const was = [
    await podOf("restored", home),
    await ofCluster("restored", home, ".metadata.generation"),
  ];
  const connection = writer.connection;
  const alone = { ...recovery(), ...restored };
  console.log(
    `retired in ${await deployed({ ...moved(), clusters: {}, recoveries: { restored: alone } })} s`,
  );
  expect([
    await podOf("restored", home),
    await ofCluster("restored", home, ".metadata.generation"),
  ]).toEqual(was);
  expect(await ofCluster("main", home, ".metadata.name")).toBe("");
  await writer.commits(100);
  expect(writer.connection).toBe(connection);
});
