/** What each fault of the primary costs: no acknowledged commit; how many seconds pass without one is reported. */
import { kubectl, npmRunOk } from "../support/commands";
import { instancePods, ownerAccess, primaryPod, through } from "../support/database";
import { isWhole, nodeOf, processIn, promote } from "../support/faults";
import { Writer } from "../support/writer";

const minute = 60_000;

jest.setTimeout(10 * minute);

const inDatabases = "--namespace=databases";

const faults: Record<string, (primary: string) => Promise<void>> = {
  "its pod is killed": async (primary) => {
    await kubectl("delete", "pod", primary, inDatabases, "--force", "--grace-period=0");
  },
  "its pod is deleted": async (primary) => {
    await kubectl("delete", "pod", primary, inDatabases, "--wait=false");
  },
  "its container is killed": (primary) => {
    process.kill(processIn(primary, /manager instance run/), "SIGKILL");
    return Promise.resolve();
  },
  "its postmaster is killed": (primary) => {
    process.kill(processIn(primary, /postgres -D /), "SIGKILL");
    return Promise.resolve();
  },
  "another is promoted": async (primary) => {
    const other = (await instancePods("main")).find(({ metadata }) => metadata.name !== primary);
    await promote("main", other?.metadata.name ?? "");
  },
  "its node is drained": async (primary) => {
    const node = await nodeOf(primary);
    await kubectl("cordon", node);
    const selector = "--pod-selector=cnpg.io/cluster=main";
    await kubectl(
      "drain",
      node,
      selector,
      "--ignore-daemonsets",
      "--delete-emptydir-data",
      "--timeout=120s",
    );
    await kubectl("uncordon", node);
  },
};

describe("The primary under a writer", () => {
  let writer: Writer | undefined;

  beforeAll(() => npmRunOk("up"), 60 * minute);
  afterEach(() => writer?.abandon());

  test.each(Object.entries(faults))(
    "%s: no commit is lost, and all come back",
    async (name, fault) => {
      await isWhole();
      const primary = await primaryPod("main");
      writer = new Writer(await through("main-rw", await ownerAccess("main")));
      await writer.start();
      const { connection } = writer;
      await fault(primary);
      await writer.commitsAfter(connection, 50);
      const report = await writer.stop();
      console.log(`${name}: ${JSON.stringify(report)}`);
      expect(report.acknowledged).toBeGreaterThan(50);
      expect(report.lost).toBe(0);
      await isWhole();
    },
  );
});
