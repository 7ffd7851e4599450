/** The primary is killed again and again under writers: no acknowledged commit is lost, and no outage is longer than promised. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PrimaryChaos, PrimaryFault } from "../../../components";
import { registrations } from "../../unit/support/registrations";
import { eventually, kubectl, kubectlJson, npmRunOk } from "../support/commands";
import { clusterStatus, ownerAccess, primaryPod, through } from "../support/database";
import { databaseSize, operatorSize } from "../support/sizes";
import { onStack } from "../support/stack";
import { Writer } from "../support/writer";

const minute = 60_000;

/** How long the primary is killed every minute. A night is the same with 480. */
const KILLING_MINUTES = 10;
const WRITERS = 2;
/** Seconds without a commit that no kill may cost. */
const OBJECTIVE_SECONDS = 30;

jest.setTimeout((KILLING_MINUTES + 10) * minute);

const inDatabases = "--namespace=databases";
const folder = mkdtempSync(join(tmpdir(), "ha-postgres-chaos-"));

/** Without the daemon, which cannot run here. */
const config = (chaos: Record<string, unknown>) => ({
  "ha-postgres:platform": {
    cloudNativePg: { ...operatorSize, replicas: 2 },
    chaosMesh: { replicas: 1, resources: { cpu: "50m", memory: "256Mi" }, daemon: false },
  },
  "ha-postgres:clusters": { main: { nodes: 3, ...databaseSize } },
  "ha-postgres:chaos": { main: { every: "1m", lasts: `${KILLING_MINUTES}m`, ...chaos } },
});

interface Named {
  metadata: { name: string };
}

async function names(kind: string): Promise<string[]> {
  const { items } = await kubectlJson<{ items: Named[] }>("get", kind, inDatabases);
  return items.map(({ metadata }) => metadata.name);
}

describe("Chaos", () => {
  const writers: Writer[] = [];

  beforeAll(async () => {
    await npmRunOk("sandbox", "stop");
    await onStack("chaos", "up", config({ paused: true }));
  }, 60 * minute);

  afterAll(async () => {
    await Promise.all(writers.map((writer) => writer.abandon()));
    rmSync(folder, { recursive: true });
    await npmRunOk("sandbox", "stop");
  }, 5 * minute);

  test("opens the namespace of the databases, and does nothing while it is paused", async () => {
    const annotation = "--output=jsonpath={.metadata.annotations.chaos-mesh\\.org/inject}";
    expect(await kubectl("get", "namespace", "databases", annotation)).toBe("enabled");
    expect(await names("workflows.chaos-mesh.org")).toEqual([]);
  });

  test.each(Object.values(PrimaryFault))(
    "Chaos Mesh takes the experiment of %s, by a dry run of its API",
    async (fault) => {
      const items = await objectsOf(fault);
      expect(items.map(({ kind }) => kind)).toEqual(["Workflow", "Schedule"]);
      const file = join(folder, `${fault}.json`);
      writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
      const answer = await kubectl("apply", "--dry-run=server", "-f", file);
      expect(answer.trim().split("\n")).toHaveLength(2);
    },
  );

  test(`the primary is killed every minute for ${KILLING_MINUTES} minutes, and then no more`, async () => {
    const access = await through("main-rw", await ownerAccess("main"));
    for (let number = 0; number < WRITERS; number += 1)
      writers.push(new Writer(access, undefined, `written_${number}`));
    await Promise.all(writers.map((writer) => writer.start()));
    const kills = new Set<string>();
    const primaries = new Set<string>();
    await onStack("chaos", "up", config({}));
    const begun = Date.now();
    const hasEnded = async () => {
      for (const kill of await names("podchaos.chaos-mesh.org")) kills.add(kill);
      primaries.add(await primaryPod("main").catch(() => "none"));
      return (await names("schedules.chaos-mesh.org")).length === 0;
    };
    while (!(await hasEnded())) {
      if (Date.now() - begun > (KILLING_MINUTES + 1) * minute) throw new Error("it does not end");
      await sleep(15_000);
    }
    const ended = (Date.now() - begun) / minute;
    // What was killed last comes back as well.
    await eventually(
      () => clusterStatus("main"),
      ({ phase, readyInstances }) => phase === "Cluster in healthy state" && readyInstances === 3,
      3 * minute,
    );
    const reports = await Promise.all(writers.map((writer) => writer.stop()));
    console.log(
      `${kills.size} kills in ${ended.toFixed(2)} minutes, primaries ${[...primaries].join(" ")}: ${JSON.stringify(reports)}`,
    );
    expect(ended).toBeGreaterThan(KILLING_MINUTES - 1);
    expect(kills.size).toBeGreaterThanOrEqual(KILLING_MINUTES - 2);
    for (const { lost, longestGapSeconds } of reports) {
      expect(lost).toBe(0);
      expect(longestGapSeconds).toBeLessThan(OBJECTIVE_SECONDS);
    }
    expect(await names("workflows.chaos-mesh.org")).toEqual(["main-chaos"]);
  });
});

interface KubernetesObject {
  kind: string;
  spec?: { templates: { schedule?: object }[] };
}

/** The Workflow of a fault and the Schedule in it, which Chaos Mesh looks at only when it makes it. */
async function objectsOf(fault: PrimaryFault): Promise<KubernetesObject[]> {
  const all = await registrations(
    () =>
      new PrimaryChaos("dry-run", { namespace: "databases", cluster: "main", fault, lasts: "1h" }),
  );
  return all
    .filter(({ custom }) => custom)
    .flatMap(({ inputs }) => {
      const workflow = inputs as unknown as KubernetesObject;
      const schedule = workflow.spec?.templates.find((template) => template.schedule)?.schedule;
      const metadata = { name: "dry-run", namespace: "databases" };
      const apiVersion = "chaos-mesh.org/v1alpha1";
      return [workflow, { apiVersion, kind: "Schedule", metadata, spec: schedule }];
    }) as KubernetesObject[];
}
