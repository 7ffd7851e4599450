import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { execa } from "execa";
import { withLock } from "../build/lock.ts";
import { stateDir } from "../paths.ts";
import { deleteCgroups, remainingCgroups } from "./cgroups.ts";
import { deleteFabric, fabricExists, hostInterfaceExists } from "./network.ts";
import { stopAllNodes } from "./node.ts";
import { endProcesses, othersProcesses, ownProcesses } from "./processes.ts";

/** Ends the sandbox and removes all that it made but for built artefacts and logs. */
export async function stop(): Promise<void> {
  await withLock("cluster", async () => {
    // Power first: a node's containers have no name of ours and end with their node.
    await stopAllNodes();
    await endProcesses(ownProcesses().map(({ pid }) => pid));
    const [other] = othersProcesses();
    if (other) {
      process.stderr.write(
        `the sandbox of another cache runs on, and \`HA_POSTGRES_CACHE=${other.cache} npm run sandbox -- stop\` ends it\n`,
      );
    } else {
      await deleteFabric();
      await deleteCgroups();
    }
    // A disk that somebody gave to the store, for example.
    for (const mount of mountsBelow(stateDir).reverse()) await execa("umount", [mount]);
    await rm(stateDir, { recursive: true, force: true });
    const left = await remains();
    if (left.length > 0) throw new Error(`stop left behind: ${left.join(", ")}`);
  });
}

/** What of this cache's sandbox is on this machine now: empty after `stop`. */
export async function remains(): Promise<string[]> {
  return [
    ...ownProcesses().map(({ pid, name }) => `process ${pid} (${name})`),
    // Another cache's sandbox, while it runs, has network and cgroups for itself.
    ...(othersProcesses().length > 0 ? [] : await remainingOfMachine()),
    ...mountsBelow(stateDir).map((mount) => `mount ${mount}`),
  ];
}

/** What a machine has once, whichever cache's sandbox runs on it. */
async function remainingOfMachine(): Promise<string[]> {
  return [
    ...((await fabricExists()) ? ["network namespace of the fabric"] : []),
    ...((await hostInterfaceExists()) ? ["network interface"] : []),
    ...(await remainingCgroups()).map((group) => `cgroup ${group}`),
  ];
}

function mountsBelow(folder: string): string[] {
  return readFileSync("/proc/self/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "")
    .filter((path) => path.startsWith(`${folder}/`));
}
