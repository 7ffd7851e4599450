/**
 * The primary's node is lost, with the watch and without: no acknowledged commit is, another instance takes over, and all
 * come back by themselves. How many seconds pass without a commit is reported.
 */
import { npmRunOk } from "../support/commands";
import { ownerAccess, primaryPod, through } from "../support/database";
import { isWhole, leaderAwayFrom, primaryOn } from "../support/faults";
import { allowNextDeletion, deployedWithWatch, watchersSeeAll } from "./watched-stack";
import { Writer } from "../support/writer";

const minute = 60_000;

jest.setTimeout(15 * minute);

/** The node that this machine reaches services through. */
const ENTRANCE = "node1";

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
