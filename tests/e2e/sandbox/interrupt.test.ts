import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, npmRun, npmRunOk, root } from "../support/commands";
import { clusterStatus, ownerAccess, query, through } from "../support/database";

const minute = 60_000;

jest.setTimeout(15 * minute);

describe("npm run up that is cut off", () => {
  beforeAll(async () => {
    await npmRunOk("sandbox", "stop");
    await npmRunOk("sandbox", "start");
  }, 60 * minute);

  afterAll(() => npmRunOk("sandbox", "stop"));

  test("by Ctrl-C while the operator is installed: it says so and ends", async () => {
    const { code, all } = await upUntil("platform-cloudnative-pg-release", "SIGINT");
    expect(code).not.toBe(0);
    expect(all).toMatch(/pulumi up failed/);
  });

  test("by kill -9 while the cluster is created: everything of it is gone", async () => {
    const { code } = await upUntil("main-cluster", "SIGKILL");
    expect(code).toBeNull();
  });

  test("is completed by the next one", async () => {
    await npmRunOk("up");
    expect(await clusterStatus("main")).toMatchObject({
      phase: "Cluster in healthy state",
      readyInstances: 3,
    });
    const rows = await query(
      await through("main-rw", await ownerAccess("main")),
      "SELECT text FROM greeting",
    );
    expect(rows).toEqual([{ text: "hello from the schema" }]);
  });

  test("leaves no unfinished business in the state", async () => {
    const { code, all } = await npmRun("pulumi", "preview", "--expect-no-changes");
    expect(all).not.toMatch(/pending operations/);
    expect(code).toBe(0);
  });
});

/** Runs `npm run up` and sends a signal to all of it, as a terminal does, while a resource is being created. */
function upUntil(
  resource: string,
  signal: NodeJS.Signals,
): Promise<{ code: number | null; all: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn("npm", ["run", "--silent", "up"], {
      cwd: root,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let all = "";
    let isSent = false;
    const looking = setInterval(() => {
      if (isSent || !underWay().includes(resource) || child.pid === undefined) return;
      isSent = true;
      // A moment later, so that the object is on its way and not only announced.
      setTimeout(() => process.kill(-(child.pid ?? 0), signal), 1500);
    }, 200);
    const read = (chunk: Buffer) => (all += chunk.toString());
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(looking);
      if (isSent) resolve({ code, all });
      else reject(new Error(`it ended by itself with ${String(code)}:\n${all}`));
    });
  });
}

interface Checkpoint {
  checkpoint: { latest?: { pending_operations?: { resource: { urn: string } }[] } };
}

/** Names of what the engine is at, as its state says. */
function underWay(): string[] {
  const state = join(cacheFolder, "cluster", "pulumi", ".pulumi", "stacks", "ha-postgres");
  try {
    const { checkpoint } = JSON.parse(readFileSync(join(state, "dev.json"), "utf8")) as Checkpoint;
    const operations = checkpoint.latest?.pending_operations ?? [];
    return operations.map(({ resource }) => resource.urn.split("::").at(-1) ?? "");
  } catch {
    // There is none yet, or it is just being written.
    return [];
  }
}
