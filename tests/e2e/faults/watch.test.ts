/** The watch on a running cluster: what it sees, when it acts, when it does not, and that a false alarm loses nothing. */
import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually, kubectl, run } from "../support/commands";
import { clusterStatus, instancePods, ownerAccess, primaryPod, through } from "../support/database";
import { freeze, isWhole, processIn } from "../support/faults";
import {
  allowNextDeletion,
  deployedWithWatch,
  watchers,
  watchersSeeAll,
  watchEvents,
} from "./watched-stack";
import { Writer } from "../support/writer";

const minute = 60_000;
const inDatabases = "--namespace=databases";
const CLUSTER = "cluster.postgresql.cnpg.io";

jest.setTimeout(10 * minute);

describe("The watch", () => {
  let writer: Writer | undefined;
  let thaw: (() => void) | undefined;

  beforeAll(async () => {
    await deployedWithWatch();
  }, 60 * minute);

  beforeEach(async () => {
    await isWhole();
    await watchersSeeAll();
  });

  afterEach(async () => {
    thaw?.();
    await writer?.abandon();
  });

  async function writing(): Promise<Writer> {
    writer = new Writer(await through("main-rw", await ownerAccess("main")));
    await writer.start();
    return writer;
  }

  async function uidOf(pod: string): Promise<string> {
    const pods = await instancePods("main");
    return pods.find(({ metadata }) => metadata.name === pod)?.metadata.uid ?? "";
  }

  test("may do nothing beyond its task", async () => {
    const account = "--as=system:serviceaccount:primary-watch:primary-watch";
    const may = async (...what: string[]) =>
      (
        await run("npm", [
          "run",
          "--silent",
          "sandbox",
          "--",
          "kubectl",
          "auth",
          "can-i",
          ...what,
          account,
        ])
      ).output.trim();
    expect(await may("delete", "pods", inDatabases)).toBe("yes");
    for (const [verb, what, where] of [
      ["get", "secrets", inDatabases],
      ["update", "leases.coordination.k8s.io", inDatabases],
      ["update", "clusters.postgresql.cnpg.io", inDatabases],
      ["patch", "pods", inDatabases],
      ["create", "pods/exec", inDatabases],
      ["delete", "pods", "--namespace=cnpg-system"],
      ["get", "pods", "--namespace=kube-system"],
      ["get", "secrets", "--namespace=primary-watch"],
    ] as const) {
      expect([verb, what, where, await may(verb, what, where)]).toEqual([verb, what, where, "no"]);
    }
  });

  test("has a PostgreSQL that hangs replaced, and nothing acknowledged is lost", async () => {
    await allowNextDeletion();
    const since = new Date();
    const primary = await primaryPod("main");
    const writes = await writing();
    const { connection } = writes;
    thaw = await freeze(primary);
    await writes.commitsAfter(connection, 50);
    const report = await writes.stop();
    console.log(`PostgreSQL hangs: ${JSON.stringify(report)}`);
    expect(report.lost).toBe(0);
    // Without the watch it is never replaced.
    expect(report.longestGapSeconds).toBeLessThan(45);
    expect(await primaryPod("main")).not.toBe(primary);
    expect(await watchEvents(since)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^PrimaryDeleted: The primary ${primary} accepts connections and does not answer, and its pod was deleted, ` +
            "so that a replica is promoted\\. Agreed by primary-watch-\\S+ and primary-watch-\\S+\\.$",
        ),
      ),
    ]);
  });

  test("does so once in ten minutes, and says why it leaves the next one alone", async () => {
    const since = new Date();
    const primary = await primaryPod("main");
    const uid = await uidOf(primary);
    thaw = await freeze(primary);
    const told = await firstEvent(since);
    expect(told).toBe(
      `PrimaryNotDeleted: The primary ${primary} does not answer, and is left alone: ` +
        "a primary was deleted less than ten minutes ago.",
    );
    await sleep(5000);
    expect(await uidOf(primary)).toBe(uid);
    thaw();
    await isWhole();
    expect(await primaryPod("main")).toBe(primary);
  });

  test("leaves a cluster under maintenance alone", async () => {
    await allowNextDeletion();
    await maintained(true);
    try {
      const since = new Date();
      const primary = await primaryPod("main");
      const uid = await uidOf(primary);
      thaw = await freeze(primary);
      const told = await firstEvent(since);
      expect(told).toBe(
        `PrimaryNotDeleted: The primary ${primary} does not answer, and is left alone: a maintenance window is open.`,
      );
      expect(await uidOf(primary)).toBe(uid);
      thaw();
    } finally {
      await maintained(false);
    }
  });

  test("costs one failover and not a commit when the network between it and the primary alone is cut", async () => {
    await allowNextDeletion();
    const since = new Date();
    const primary = await primaryPod("main");
    const uid = await uidOf(primary);
    const writes = await writing();
    const { connection } = writes;
    const inPod = ["--target", String(processIn(primary, /postgres -D /)), "--net"];
    for (const { status } of await watchers()) {
      // In the pod's own network, which goes with the pod.
      execFileSync("nsenter", [...inPod, "ip", "route", "add", "blackhole", status.podIP]);
    }
    await writes.commitsAfter(connection, 50);
    const report = await writes.stop();
    console.log(`false alarm: ${JSON.stringify(report)}`);
    expect(report.lost).toBe(0);
    expect(await uidOf(primary)).not.toBe(uid);
    expect((await watchEvents(since)).map((event) => event.split(":")[0])).toEqual([
      "PrimaryDeleted",
    ]);
  });

  test("does nothing during a restart of all instances, one after the other", async () => {
    await allowNextDeletion();
    const since = new Date();
    await kubectl(
      ...["annotate", CLUSTER, "main", inDatabases, "--overwrite"],
      `kubectl.kubernetes.io/restartedAt=${since.toISOString()}`,
    );
    await eventually(
      () => clusterStatus("main"),
      ({ phase }) => phase !== "Cluster in healthy state",
      minute,
    );
    await isWhole();
    expect(await watchEvents(since)).toEqual([]);
  });
});

/** What the watch says first since then, within a minute. */
async function firstEvent(since: Date): Promise<string | undefined> {
  const [first] = await eventually(
    () => watchEvents(since),
    (events) => events.length > 0,
    minute,
  );
  return first;
}

async function maintained(inProgress: boolean): Promise<void> {
  const spec = { nodeMaintenanceWindow: { inProgress, reusePVC: true } };
  await kubectl(
    ...[
      "patch",
      CLUSTER,
      "main",
      inDatabases,
      "--type=merge",
      `--patch=${JSON.stringify({ spec })}`,
    ],
  );
}
