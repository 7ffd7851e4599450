/**
 * The primary's node is lost, with the watch and without: no acknowledged commit is, another instance takes over, and all
 * come back by themselves. How many seconds pass without a commit is reported.
 */
import { clientPod } from "../support/client-pod";
import { eventually, npmRunOk } from "../support/commands";
import { asSuperuser, ownerAccess, primaryPod, secret, through } from "../support/database";
import { apply, directOk } from "../support/direct";
import { isWhole, leaderAwayFrom, primaryOn } from "../support/faults";
import { allowNextDeletion, deployedWithWatch, watchersSeeAll } from "./watched-stack";
import { Writer } from "../support/writer";

const minute = 60_000;

jest.setTimeout(15 * minute);

/** The node that this machine reaches services through. */
const ENTRANCE = "node1";

/** Sessions of clients on a node: one holds a lock and says nothing, one waits for the server. */
async function sessionsFrom(node: string): Promise<() => Promise<number>> {
  const pod = clientPod("databases");
  await apply({ ...pod, spec: { ...pod.spec, nodeName: node } });
  const client = "--namespace=databases";
  await directOk("wait", "--for=condition=Ready", "pod/client", client, "--timeout=60s");
  const { username = "", password = "" } = await secret("main-app");
  const url = `postgresql://${username}:${password}@main-rw/app?sslmode=require&application_name=vanishing`;
  const holds = `(echo "BEGIN; LOCK TABLE greeting;"; sleep 1000) | psql "${url}"`;
  const waits = `psql "${url}" --command "SELECT pg_sleep(1000)"`;
  for (const command of [holds, waits]) {
    const detached = `(${command}) > /dev/null 2>&1 < /dev/null &`;
    await directOk("exec", "client", client, "--", "bash", "-c", detached);
  }
  const sql =
    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'vanishing' AND xact_start IS NOT NULL";
  return async () => Number(await asSuperuser(await primaryPod("main"), sql));
}

describe("The primary's node", () => {
  let writer: Writer | undefined;

  beforeAll(() => npmRunOk("up"), 60 * minute);
  afterEach(() => writer?.abandon());

  async function loseAndGetBack(node: string, [lose, restore]: readonly [string, string]) {
    const lost = await primaryOn(node);
    writer = new Writer(await through("main-rw", await ownerAccess("main")));
    await writer.start();
    const { connection } = writer;
    const number = node.replace("node", "");
    await npmRunOk("sandbox", "node", lose, number);
    try {
      await writer.commitsAfter(connection, 50);
    } finally {
      await npmRunOk("sandbox", "node", restore, number);
    }
    const report = await writer.stop();
    expect(report.lost).toBe(0);
    await isWhole();
    expect(await primaryPod("main")).not.toBe(lost);
    return report;
  }

  const CUT = ["isolate", "rejoin"] as const;
  const OFF = ["stop", "start"] as const;

  test("is cut off with the operator's leader, without the watch", async () => {
    await isWhole();
    const report = await loseAndGetBack(await leaderAwayFrom(ENTRANCE), CUT);
    console.log(`cut off with the operator's leader, without the watch: ${JSON.stringify(report)}`);
  });

  test("stays, and another takes its clients along: their locks are free after a minute", async () => {
    await isWhole();
    await primaryOn(ENTRANCE);
    const sessions = await sessionsFrom("node2");
    await eventually(sessions, (count) => count === 2, minute / 2);
    await npmRunOk("sandbox", "node", "isolate", "2");
    try {
      const from = Date.now();
      await eventually(sessions, (count) => count === 0, 2 * minute);
      const seconds = (Date.now() - from) / 1000;
      console.log(`sessions of a lost node ended after ${seconds} s`);
      expect(seconds).toBeLessThan(90);
    } finally {
      await npmRunOk("sandbox", "node", "rejoin", "2");
      await directOk("delete", "pod", "client", "--namespace=databases", "--ignore-not-found");
    }
    await isWhole();
  });

  describe("with the watch", () => {
    beforeAll(async () => {
      await deployedWithWatch();
    }, 60 * minute);

    beforeEach(async () => {
      await isWhole();
      await watchersSeeAll();
      await allowNextDeletion();
    });

    test("is cut off with the operator's leader", async () => {
      const report = await loseAndGetBack(await leaderAwayFrom(ENTRANCE), CUT);
      console.log(`cut off with the operator's leader: ${JSON.stringify(report)}`);
      // Without the watch it takes the control plane 50 s to notice alone.
      expect(report.longestGapSeconds).toBeLessThan(45);
    });

    test("is powered off, with the operator's leader elsewhere", async () => {
      const leader = await leaderAwayFrom(ENTRANCE);
      const node = leader === "node2" ? "node3" : "node2";
      const report = await loseAndGetBack(node, OFF);
      console.log(`powered off: ${JSON.stringify(report)}`);
      expect(report.longestGapSeconds).toBeLessThan(45);
    });
  });
});
