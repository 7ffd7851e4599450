/** What the loss of an instance's volumes costs, and a volume of WAL that is full. */
import { setTimeout as sleep } from "node:timers/promises";
import { eventually, kubectl, kubectlJson, npmRunOk } from "../support/commands";
import {
  clusterStatus,
  instancePods,
  ownerAccess,
  primaryPod,
  query,
  through,
} from "../support/database";
import { promote } from "../support/faults";
import { SmallVolume, whileStopped } from "./small-volume";
import { Writer } from "../support/writer";

const minute = 60_000;
const inDatabases = "--namespace=databases";

jest.setTimeout(10 * minute);

async function isWhole(): Promise<void> {
  await eventually(
    async () => ({ ...(await clusterStatus("main")), pods: (await instancePods("main")).length }),
    ({ phase, readyInstances, pods }) =>
      phase === "Cluster in healthy state" && readyInstances === 3 && pods === 3,
    5 * minute,
  );
}

const claimsOf = (instance: string) => [instance, `${instance}-wal`];

/** Deletes an instance with all that it has. */
async function loseVolumes(instance: string): Promise<void> {
  // A claim in use goes with its pod.
  await kubectl("delete", "pvc", ...claimsOf(instance), inDatabases, "--wait=false");
  await kubectl("delete", "pod", instance, inDatabases, "--wait=false");
}

/** The claims of the cluster, by name: those of a new instance may have the name of what was lost. */
async function claims(): Promise<Record<string, string>> {
  const { items } = await kubectlJson<{ items: { metadata: { name: string; uid: string } }[] }>(
    ...["get", "pvc", inDatabases, "--selector=cnpg.io/cluster=main"],
  );
  return Object.fromEntries(items.map(({ metadata }) => [metadata.name, metadata.uid]));
}

const names = async () => (await instancePods("main")).map(({ metadata }) => metadata.name).sort();

/** Waits until none of these claims is left, and all instances are there again. */
async function isCloned(lost: Record<string, string>, instance: string): Promise<void> {
  const gone = claimsOf(instance).map((claim) => lost[claim]);
  await eventually(
    async () => Object.values(await claims()),
    (now) => now.length === 6 && !now.some((uid) => gone.includes(uid)),
    5 * minute,
  );
  await isWhole();
}

const status = () => npmRunOk("status");

describe("Volumes under a writer", () => {
  let writer: Writer | undefined;
  let small: { name: string; volume: SmallVolume } | undefined;

  beforeAll(() => npmRunOk("up"), 60 * minute);
  afterEach(() => writer?.abandon());
  afterAll(async () => {
    await npmRunOk("sandbox", "stop");
    await small?.volume.remove();
  });

  async function writing(): Promise<Writer> {
    const started = new Writer(await through("main-rw", await ownerAccess("main")));
    writer = started;
    await started.start();
    return started;
  }

  test.each(["a replica", "the primary"])(
    "those of %s are lost: another instance is cloned, and no commit is lost",
    async (which) => {
      await isWhole();
      const before = await claims();
      const primary = await primaryPod("main");
      const replica = (await names()).find((name) => name !== primary) ?? "";
      const lost = which === "the primary" ? primary : replica;
      const committing = await writing();
      const { connection } = committing;
      const started = Date.now();
      await loseVolumes(lost);
      const told = new Set<string>();
      const telling = async () => {
        const [state = ""] = /^state.*$/m.exec(await status()) ?? [];
        told.add(state);
        return state;
      };
      await eventually(telling, (state) => state.includes("is being cloned, "), minute);
      await isCloned(before, lost);
      const whole = (Date.now() - started) / 1000;
      if (which === "the primary") await committing.commitsAfter(connection, 50);
      const report = await committing.stop();
      console.log(`${which}: whole after ${whole} s, ${JSON.stringify(report)}`, told);
      expect(report.acknowledged).toBeGreaterThan(50);
      expect(report.lost).toBe(0);
      if (which === "a replica") expect(await primaryPod("main")).toBe(primary);
      else expect(await primaryPod("main")).not.toBe(primary);
      expect(await status()).toMatch(/^state +healthy: 3 of 3 instances are ready$/m);
    },
  );

  test("that of the primary's WAL is full: nobody takes over, and it goes on when it is larger", async () => {
    await isWhole();
    const { name, volume } = await smallPrimary();
    small = { name, volume };
    const committing = await writing();
    const { connection } = committing;
    await fill();
    const told = await status();
    expect(told).toMatch(/^state +no space left on a volume.*: 2 of 3 instances are ready$/m);
    expect(told).toContain("docs/guides/full-volumes.md");
    // Long enough for a failover, if there were one.
    await sleep(20_000);
    const { currentPrimary, targetPrimary } = await clusterStatus("main");
    expect([currentPrimary, targetPrimary]).toEqual([name, name]);

    const enlarged = Date.now();
    await volume.enlarge();
    // The kubelet tries again after as long as it waits between two attempts, five minutes at the most.
    await committing.commitsAfter(connection, 50, 6 * minute);
    const seconds = (Date.now() - enlarged) / 1000;
    await isWhole();
    const report = await committing.stop();
    console.log(`enlarged: commits after ${seconds} s, ${JSON.stringify(report)}`);
    expect(report.lost).toBe(0);
    expect(await primaryPod("main")).toBe(name);
  });

  test("it is full again, and cannot be enlarged: without its pod another takes over, without its volumes it is cloned", async () => {
    if (!small) throw new Error("there is no small volume");
    const { name, volume } = small;
    await isWhole();
    const committing = await writing();
    const { connection } = committing;
    await fill();
    const deleted = Date.now();
    await kubectl("delete", "pod", name, inDatabases, "--wait=false");
    await committing.commitsAfter(connection, 50);
    const seconds = (Date.now() - deleted) / 1000;
    expect(await primaryPod("main")).not.toBe(name);
    // It comes back as a replica that is as full as before, and does not get ready.
    await eventually(
      () => clusterStatus("main"),
      ({ currentPrimary, readyInstances }) => currentPrimary !== name && readyInstances === 2,
      2 * minute,
    );

    const before = await claims();
    await loseVolumes(name);
    await volume.remove();
    await isCloned(before, name);
    const whole = (Date.now() - deleted) / 1000;
    const report = await committing.stop();
    console.log(
      `given up: commits after ${seconds} s, whole after ${whole} s, ${JSON.stringify(report)}`,
    );
    expect(report.lost).toBe(0);
    await query(await through("main-rw", await ownerAccess("main")), "DROP TABLE filling");
  });
});

const FULL = "Not enough disk space";

/** A replica whose volume of WAL has little space becomes the primary. */
async function smallPrimary(): Promise<{ name: string; volume: SmallVolume }> {
  const primary = await primaryPod("main");
  const replica = (await instancePods("main")).find(({ metadata }) => metadata.name !== primary);
  const name = replica?.metadata.name ?? "";
  const node = replica?.spec.nodeName ?? "";
  let volume: SmallVolume | undefined;
  await whileStopped(name, node, async () => {
    volume = await SmallVolume.under(node, `${name}-wal`, { freeMib: 96, spareMib: 128 });
  });
  if (!volume) throw new Error("there is no small volume");
  await isWhole();
  await promoteWhole(name);
  return { name, volume };
}

async function promoteWhole(name: string): Promise<void> {
  if ((await primaryPod("main")) !== name) await promote("main", name);
  await eventually(
    () => primaryPod("main").catch(() => ""),
    (primary) => primary === name,
    2 * minute,
  );
  await isWhole();
}

/**
 * Writes until the primary has no space left and stays so: WAL between two checkpoints must all be kept, and one that fails may
 * free some as it recovers.
 */
async function fill(): Promise<void> {
  const config = await through("main-rw", await ownerAccess("main"));
  await query(config, "CREATE TABLE IF NOT EXISTS filling (text text)");
  const rows = "SELECT string_agg(md5(i::text), '') FROM generate_series(1, 300000) AS i";
  const write = { ...config, query_timeout: 20_000 };
  await eventually(
    async () => {
      await query(write, `INSERT INTO filling ${rows}`).catch(() => undefined);
      return clusterStatus("main");
    },
    ({ phase }) => phase === FULL,
    6 * minute,
  );
}
