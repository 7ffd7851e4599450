/** What each fault of the primary costs: no acknowledged commit; how many seconds pass without one is reported. */
import { readdirSync, readFileSync } from "node:fs";
import { eventually, kubectl, npmRunOk } from "./support/commands";
import {
  asSuperuser,
  clusterStatus,
  instancePods,
  ownerAccess,
  primaryPod,
  through,
} from "./support/database";
import { promote } from "./support/promote";
import { Writer } from "./support/writer";

const minute = 60_000;
const healthy = "Cluster in healthy state";

jest.setTimeout(10 * minute);

const inDatabases = "--namespace=databases";

/** A process in an instance's pod, by its command line. The nodes' processes are this machine's. */
function processIn(pod: string, command: RegExp): number {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      if (!command.test(line)) continue;
      if (readFileSync(`/proc/${pid}/environ`, "utf8").includes(`POD_NAME=${pod}\0`))
        return Number(pid);
    } catch {
      // It has ended meanwhile.
    }
  }
  throw new Error(`no process of ${pod} is called ${String(command)}`);
}

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
    const pods = await instancePods("main");
    const node = pods.find(({ metadata }) => metadata.name === primary)?.spec.nodeName ?? "";
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

async function isWhole(): Promise<void> {
  await eventually(
    () => clusterStatus("main"),
    ({ phase, readyInstances }) => phase === healthy && readyInstances === 3,
    5 * minute,
  );
}

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
      const now = await primaryPod("main");
      expect(await asSuperuser(now, "SELECT count(*) FROM pg_stat_replication")).toBe("2\n");
    },
  );

  test("its node is cut off, and with it the operator's leader: another takes over, and all come back by themselves", async () => {
    await isWhole();
    const node = await leaderAwayFrom("node1");
    const pods = await instancePods("main");
    const there = pods.find(({ spec }) => spec.nodeName === node)?.metadata.name ?? "";
    if ((await primaryPod("main")) !== there) {
      await promote("main", there);
      await eventually(
        () => primaryPod("main").catch(() => ""),
        (primary) => primary === there,
        2 * minute,
      );
      await isWhole();
    }
    writer = new Writer(await through("main-rw", await ownerAccess("main")));
    await writer.start();
    const { connection } = writer;
    await npmRunOk("sandbox", "node", "isolate", node.replace("node", ""));
    try {
      await writer.commitsAfter(connection, 50);
    } finally {
      await npmRunOk("sandbox", "node", "rejoin", node.replace("node", ""));
    }
    const report = await writer.stop();
    console.log(`its node is cut off: ${JSON.stringify(report)}`);
    expect(report.lost).toBe(0);
    await isWhole();
    expect(await primaryPod("main")).not.toBe(there);
  });
});

/** The node of the operator that leads, other than the one that this machine reaches services through. */
async function leaderAwayFrom(avoided: string): Promise<string> {
  const leader = async () => {
    const holder = await kubectl(
      ...["get", "lease", "db9c8771.cnpg.io", "--namespace=cnpg-system"],
      "--output=jsonpath={.spec.holderIdentity}",
    );
    return holder.split("_")[0] ?? "";
  };
  const nodeOf = (pod: string) =>
    kubectl("get", "pod", pod, "--namespace=cnpg-system", "--output=jsonpath={.spec.nodeName}");
  const first = await leader();
  if ((await nodeOf(first)) !== avoided) return nodeOf(first);
  await kubectl("delete", "pod", first, "--namespace=cnpg-system");
  const next = await eventually(leader, (name) => name !== first && name !== "", 2 * minute);
  return nodeOf(next);
}
