import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  cacheFolder,
  eventually,
  kubectl,
  kubectlJson,
  npmRun,
  npmRunOk,
  root,
  run,
} from "../support/commands";
import { leftovers } from "../support/leftovers";
import { processesOf, tracesOf } from "../support/node-traces";
import { parts, partsNotRunning } from "../support/parts";
import { apply, everyone, probe, reached, sleepingPod } from "../support/probe";
import { startShaped } from "../support/shape";

const minute = 60_000;
const folder = mkdtempSync(join(tmpdir(), "ha-postgres-shapes-"));

jest.setTimeout(5 * minute);

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await npmRunOk("sandbox", "stop");
});

describe("six nodes in three zones, one of them tainted", () => {
  const six = { nodes: 6, zones: 3, taints: ["node6=dedicated=db:NoSchedule"] };
  const names = ["node1", "node2", "node3", "node4", "node5", "node6"];

  beforeAll(async () => {
    await startShaped(six, "kubernetes");
    await apply(...probe, claim, claimed);
    await kubectl("rollout", "status", "daemonset/probe", "--timeout=120s");
  }, 45 * minute);

  test("are Ready and labelled", async () => {
    expect(await labels()).toEqual({
      node1: { zone: "zone1", region: "sandbox" },
      node2: { zone: "zone2", region: "sandbox" },
      node3: { zone: "zone3", region: "sandbox" },
      node4: { zone: "zone1", region: "sandbox" },
      node5: { zone: "zone2", region: "sandbox" },
      node6: { zone: "zone3", region: "sandbox" },
    });
    expect(await readyNodes()).toEqual(names);
    expect(await parts()).toMatchObject({ shape: "6 nodes in 3 zones" });
    expect(await partsNotRunning()).toEqual([]);
  });

  test("let the pods of each reach those of each other, by address and by service", async () => {
    expect(await reached()).toEqual(everyone(names));
  });

  test("keep a pod that does not tolerate the taint away from the sixth", async () => {
    const { spec } = await kubectlJson<{ spec: object }>("get", "node", "node6");
    expect(spec).toMatchObject({
      taints: [{ key: "dedicated", value: "db", effect: "NoSchedule" }],
    });
    await apply(
      sleepingPod("untolerating", { nodeSelector: { "kubernetes.io/hostname": "node6" } }),
    );
    const reason = await eventually(
      () =>
        kubectl("get", "pod", "untolerating", "--output=jsonpath={.status.conditions[*].message}"),
      (text) => text !== "",
      minute,
    );
    expect(reason).toMatch(/1 node\(s\) had untolerated taint/);
    await kubectl("delete", "pod", "untolerating");
  });

  test("are what they are after a start that says nothing, or the same", async () => {
    await npmRunOk("sandbox", "start", "kubernetes");
    await startShaped(six, "kubernetes");
    expect(await readyNodes()).toEqual(names);
  });

  test.each([
    [["--nodes", "3"], /--nodes 3 is fewer than the 6 existing nodes/],
    [["--zones", "2"], /--zones 2 is not possible with 6 nodes in 3 zones/],
    [["--zones", "7"], /--zones 7 is more than the 6 nodes/],
    [["--nodes", "1000"], /1000 nodes are more than the \d+ that a machine/],
    [["--taint", "node1=a=b:NoSchedule"], /kubectl taint nodes node1 a=b:NoSchedule/],
    [["--nodes", "-1"], /'-1' is invalid\. It must be a whole number/],
  ])("are not made others by %j, whoever asks", async (options, message) => {
    for (const command of [["sandbox", "start", "kubernetes"], ["up"]] as const) {
      const [script, ...args] = command;
      const { code, all } = await npmRun(script, ...args, ...options);
      expect([code, all]).toEqual([1, expect.stringMatching(message)]);
    }
    expect(await readyNodes()).toEqual(names);
  });

  test("a seventh takes a pod that reaches all others and services", async () => {
    expect(await npmRunOk("sandbox", "node", "add", "--zone", "zone2")).toBe("node7 was added\n");
    expect((await labels())["node7"]).toEqual({ zone: "zone2", region: "sandbox" });
    await kubectl("rollout", "status", "daemonset/probe", "--timeout=120s");
    expect(await reached()).toEqual(everyone([...names, "node7"]));
  });

  test("one that cannot be drained stays, and the reason is told", async () => {
    await apply(budget);
    const { code, all } = await npmRun("sandbox", "node", "remove", "5", "--timeout", "5");
    expect(code).toBe(1);
    expect(all).toMatch(/node5 stays, since it could not be drained within 5 s:/);
    expect(all).toMatch(/would violate the pod's disruption budget/);
    expect(all).toMatch(/node remove node5 --no-drain/);
    expect(await readyNodes()).toContain("node5");
    const { spec } = await kubectlJson<{ spec: object }>("get", "node", "node5");
    expect(spec).not.toHaveProperty("unschedulable");
    await kubectl("delete", "poddisruptionbudget", "claimed");
  });

  test("one that is removed is gone with all that it was, and the others reach each other", async () => {
    expect(await tracesOf("node5")).not.toEqual([]);
    const told = await npmRunOk("sandbox", "node", "remove", "5");
    expect(told).toMatch(/^node5 was removed\n/);
    expect(told).toMatch(/claims were on its disk .*: default\/claimed\n$/);
    expect(await tracesOf("node5")).toEqual([]);
    expect(await parts()).toMatchObject({ shape: "6 nodes in 3 zones" });
    const rest = [...names, "node7"].filter((name) => name !== "node5");
    expect(await readyNodes()).toEqual(rest);
    expect(await reached()).toEqual(everyone(rest));
  });

  test("one that is powered off is removed undrained, and its number is not used again", async () => {
    await npmRunOk("sandbox", "node", "stop", "7");
    await npmRunOk("sandbox", "node", "remove", "7");
    expect(await npmRunOk("sandbox", "node", "add")).toBe("node8 was added\n");
    expect((await labels())["node8"]).toEqual({ zone: "zone2", region: "sandbox" });
  });

  test("an addition that was killed is known, and completed by the next start", async () => {
    await killed(["node", "add"], () => processesOf("node9").length > 0);
    const states = await parts();
    expect(states).toMatchObject({ shape: "7 nodes in 3 zones" });
    expect(Object.keys(states)).toContain("node9/kubelet");
    await npmRunOk("sandbox", "start", "kubernetes");
    expect(await readyNodes()).toContain("node9");
    expect(await partsNotRunning()).toEqual([]);
  });

  test("a removal that was killed is known, and completed by the next start", async () => {
    // With a finalizer the node waits in the API for somebody, and the command with it.
    const finalizers = (list: string[]) =>
      kubectl(
        ...["patch", "node", "node9", "--type=merge"],
        `--patch=${JSON.stringify({ metadata: { finalizers: list } })}`,
      );
    await finalizers(["example.com/wait"]);
    await killed(["node", "remove", "9"], () => processesOf("node9").length === 0);
    expect(await parts()).toMatchObject({
      shape: "6 nodes in 3 zones",
      node9: expect.stringMatching(/half removed/) as string,
    });
    await finalizers([]);
    await npmRunOk("sandbox", "start", "kubernetes");
    expect(await tracesOf("node9")).toEqual([]);
    expect(await readyNodes()).not.toContain("node9");
  });

  test("stay when the sandbox of another cache is ended, which may be none", async () => {
    const before = await leftovers();
    const cache = `HA_POSTGRES_CACHE=${join(folder, "cache")}`;
    const { code, all } = await run("env", [
      cache,
      "npm",
      "run",
      "--silent",
      "sandbox",
      "--",
      "stop",
    ]);
    expect([code, all]).toEqual([
      0,
      expect.stringContaining(`HA_POSTGRES_CACHE=${cacheFolder} npm`),
    ]);
    expect(await leftovers()).toEqual(expect.arrayContaining(before));
    expect(await partsNotRunning()).toEqual([]);
    await kubectl("exec", "daemonset/probe", "--", "true");
  });

  test("leave nothing behind", async () => {
    await npmRunOk("sandbox", "stop");
    expect(await leftovers()).toEqual([]);
    expect(existsSync(join(cacheFolder, "cluster"))).toBe(false);
  });
});

describe("three nodes in one zone", () => {
  test("come up after a start that was killed, and leave nothing behind", async () => {
    await killed(["start", "kubernetes", "--zones", "1"], () => processesOf("node2").length > 0);
    expect(await parts()).toMatchObject({ shape: "3 nodes in 1 zone" });
    await npmRunOk("sandbox", "start", "kubernetes");
    const zone1 = { zone: "zone1", region: "sandbox" };
    expect(await labels()).toEqual({ node1: zone1, node2: zone1, node3: zone1 });
  });

  test("are not what the next suite gets, which wants another", async () => {
    await startShaped({ nodes: 2, zones: 0 }, "kubernetes");
    expect(await labels()).toEqual({ node1: {}, node2: {} });
    expect(await parts()).toMatchObject({ shape: "2 nodes without zones" });
  });

  test("nor is what is left after a start that was killed and a stop", async () => {
    await npmRunOk("sandbox", "stop");
    await killed(["start", "kubernetes", "--nodes", "6"], () => processesOf("node2").length > 0);
    await npmRunOk("sandbox", "stop");
    expect(await leftovers()).toEqual([]);
  });
});

test("a shape is wanted of the sandbox alone", async () => {
  const { code, all } = await npmRun("up", "--context", "nowhere", "--nodes", "6");
  expect(code).toBe(1);
  expect(all).toMatch(/shape the sandbox, and --context nowhere names your own cluster/);
});

const node5 = { nodeSelector: { "kubernetes.io/hostname": "node5" } };

/** A volume on the fifth node, and a pod that may not be evicted while there is the budget. */
const claim = {
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: { name: "claimed" },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
};
const claimed = sleepingPod("claimed", {
  ...node5,
  containers: { volumeMounts: [{ name: "data", mountPath: "/data" }] },
  volumes: [{ name: "data", persistentVolumeClaim: { claimName: "claimed" } }],
});
const budget = {
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name: "claimed" },
  spec: { minAvailable: 1, selector: { matchLabels: { app: "claimed" } } },
};

async function labels(): Promise<Record<string, { zone?: string; region?: string }>> {
  const { items } = await kubectlJson<{
    items: { metadata: { name: string; labels: Record<string, string> } }[];
  }>("get", "nodes");
  return Object.fromEntries(
    items.map(({ metadata: { name, labels: all } }) => {
      const { ["topology.kubernetes.io/zone"]: zone, ["topology.kubernetes.io/region"]: region } =
        all;
      return [name, { ...(zone && { zone }), ...(region && { region }) }];
    }),
  );
}

async function readyNodes(): Promise<string[]> {
  const { items } = await kubectlJson<{
    items: {
      metadata: { name: string };
      status: { conditions: { type: string; status: string }[] };
    }[];
  }>("get", "nodes");
  return items
    .filter(({ status }) =>
      status.conditions.some(({ type, status: value }) => type === "Ready" && value === "True"),
    )
    .map(({ metadata }) => metadata.name);
}

/** Runs a command of the sandbox and kills it with all that belongs to it at some moment. */
async function killed(args: string[], isMoment: () => boolean): Promise<void> {
  const child = spawn("npm", ["run", "--silent", "sandbox", "--", ...args], {
    cwd: root,
    detached: true,
    stdio: "ignore",
  });
  const ended = once(child, "exit");
  while (!isMoment()) {
    if (child.exitCode !== null) throw new Error(`${args.join(" ")} ended before it was killed`);
    await sleep(100);
  }
  process.kill(-(child.pid ?? 0), "SIGKILL");
  await ended;
}
