import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { execa } from "execa";
import { withLock } from "../build/lock.ts";
import { stateDir } from "../paths.ts";
import { deleteCgroups, remainingCgroups } from "./cgroups.ts";
import { deleteFabric, fabricExists, hostInterfaceExists } from "./network.ts";
import { stopAllNodes } from "./node.ts";
import { endProcesses, othersProcesses, ownProcesses } from "./processes.ts";

/** Stops the sandbox and removes everything except built artefacts and logs. */
export async function stop(): Promise<void> {
  await withLock("cluster", async () => {
    // Nodes first: their containers do not carry our marker and end with their node.
    await stopAllNodes();
    await endProcesses(ownProcesses().map(({ pid }) => pid));
    const [other] = othersProcesses();
    if (other) {
      process.stderr.write(
        `the sandbox of another cache continues; \`HA_POSTGRES_CACHE=${other.cache} npm run sandbox -- stop\` stops it\n`,
      );
    } else {
      await deleteFabric();
      await deleteCgroups();
    }
    // For example a disk that was mounted for the store.
    for (const mount of mountsBelow(stateDir).reverse()) await execa("umount", [mount]);
    await rm(stateDir, { recursive: true, force: true });
    const left = await remains();
    if (left.length > 0) throw new Error(`stop left behind: ${left.join(", ")}`);
  });
}

/** Finds what remains of this cache's sandbox on this machine. Empty after `stop`. */
export async function remains(): Promise<string[]> {
  return [
    ...ownProcesses().map(({ pid, name }) => `process ${pid} (${name})`),
    // While the sandbox of another cache runs, network and cgroups are its own.
    ...(othersProcesses().length > 0 ? [] : await remainingOfMachine()),
    ...mountsBelow(stateDir).map((mount) => `mount ${mount}`),
  ];
}

/** Resources that exist once per machine, for the sandbox of any cache. */
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
