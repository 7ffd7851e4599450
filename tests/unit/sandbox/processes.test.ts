import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cacheDir } from "../../../sandbox/paths.ts";
import { findDaemon, othersProcesses, ownProcesses } from "../../../sandbox/cluster/processes.ts";

/** A name that no part of a sandbox has, so that a sandbox that runs beside the test is not affected. */
const name = `test-${process.pid}/init`;

const started: ChildProcess[] = [];

afterAll(async () => {
  for (const child of started) {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }
});

async function sleeping(cache: string): Promise<number | undefined> {
  const child = spawn("sleep", ["300"], {
    stdio: "ignore",
    env: { PATH: process.env["PATH"], HA_POSTGRES_SANDBOX: name, HA_POSTGRES_CACHE: cache },
  });
  started.push(child);
  await once(child, "spawn");
  return child.pid;
}

const pids = (processes: ReturnType<typeof ownProcesses>) =>
  processes.filter((process) => process.name === name).map(({ pid }) => pid);

test("a sandbox's processes are those of its cache, and no others with the same name", async () => {
  // Processes of other caches start before and after the own one.
  const before = await sleeping("/elsewhere");
  const own = await sleeping(cacheDir);
  const after = await sleeping(`${cacheDir}-other`);
  expect(pids(ownProcesses())).toEqual([own]);
  expect(pids(othersProcesses()).sort()).toEqual([before, after].sort());
  expect(findDaemon({ name, program: "sleep" })).toBe(own);
});
