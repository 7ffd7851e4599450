import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { execa } from "execa";
import { withLock } from "../build/lock.ts";
import { stateDir } from "../paths.ts";
import { nodes } from "../topology.ts";
import { deleteCgroups, remainingCgroups } from "./cgroups.ts";
import { deleteFabric, fabricExists, hostInterfaceExists } from "./network.ts";
import { isNodeRunning, stopNode } from "./node.ts";
import { endProcesses, sandboxProcesses } from "./processes.ts";

/** Ends the sandbox and removes all that it made but for built artefacts and logs. */
export async function stop(): Promise<void> {
  await withLock("cluster", async () => {
    // Power first: a node's containers have no name of ours and end with their node.
    for (const node of nodes.filter(isNodeRunning)) await stopNode(node);
    await endProcesses(sandboxProcesses().map(({ pid }) => pid));
    await deleteFabric();
    await deleteCgroups();
    // A disk that somebody gave to the store, for example.
    for (const mount of mountsBelow(stateDir).reverse()) await execa("umount", [mount]);
    await rm(stateDir, { recursive: true, force: true });
    const left = await remains();
    if (left.length > 0) throw new Error(`stop left behind: ${left.join(", ")}`);
  });
}

/** What of a sandbox is on this machine now: empty after `stop`. */
export async function remains(): Promise<string[]> {
  return [
    ...sandboxProcesses().map(({ pid, name }) => `process ${pid} (${name})`),
    ...((await fabricExists()) ? ["network namespace of the fabric"] : []),
    ...((await hostInterfaceExists()) ? ["network interface"] : []),
    ...(await remainingCgroups()).map((group) => `cgroup ${group}`),
    ...mountsBelow(stateDir).map((mount) => `mount ${mount}`),
  ];
}

function mountsBelow(folder: string): string[] {
  return readFileSync("/proc/self/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "")
    .filter((path) => path.startsWith(`${folder}/`));
}
