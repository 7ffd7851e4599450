import { existsSync, readFileSync, readdirSync } from "node:fs";
import { mkdir, readFile, readdir, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cgroupParent } from "../shape/topology.ts";

const root = "/sys/fs/cgroup";

/** Controllers that the kubelet and runc need to account for and limit a pod. */
export const neededControllers = ["cpu", "cpuset", "memory", "pids"] as const;

/** Version 2 has one tree with this file at its root; version 1 has a tree a controller. */
function isUnified(): boolean {
  return existsSync(join(root, "cgroup.controllers"));
}

/** Needed controllers that this kernel does not offer. */
export function missingControllers(): string[] {
  const offered = isUnified()
    ? readFileSync(join(root, "cgroup.controllers"), "utf8").trim().split(" ")
    : readdirSync(root);
  return neededControllers.filter((controller) => !offered.includes(controller));
}

/** The kubelet's cgroup root for a node. */
export function nodeCgroup(node: string): string {
  return `/${cgroupParent}/${node}`;
}

/** Creates a node's cgroup in every hierarchy. The kubelet requires its root to exist. */
export async function createNodeCgroup(node: string): Promise<void> {
  if (isUnified()) {
    const controllers = neededControllers.map((controller) => `+${controller}`).join(" ");
    for (const parent of [root, join(root, cgroupParent)]) {
      await mkdir(parent, { recursive: true });
      await writeFile(join(parent, "cgroup.subtree_control"), controllers);
    }
    await mkdir(join(root, nodeCgroup(node)), { recursive: true });
    return;
  }
  for (const hierarchy of await hierarchies()) {
    await mkdir(join(hierarchy, nodeCgroup(node)), { recursive: true });
  }
  // A version 1 cpuset starts empty, and a process cannot enter an empty one.
  for (const group of [`/${cgroupParent}`, nodeCgroup(node)]) {
    for (const file of ["cpuset.cpus", "cpuset.mems"]) {
      const all = await readFile(join(root, "cpuset", file), "utf8");
      await writeFile(join(root, "cpuset", group, file), all);
    }
  }
}

/** Removes a node's cgroups; all its processes have ended by now. */
export async function deleteNodeCgroup(node: string): Promise<void> {
  for (const hierarchy of await hierarchies()) await removeTree(join(hierarchy, nodeCgroup(node)));
}

/** Removes every cgroup of the sandbox; all its processes have ended by now. */
export async function deleteCgroups(): Promise<void> {
  for (const hierarchy of await hierarchies()) await removeTree(join(hierarchy, cgroupParent));
}

/** Existing cgroups of the sandbox, to check that `stop` leaves none. */
export async function remainingCgroups(): Promise<string[]> {
  const parents = (await hierarchies()).map((hierarchy) => join(hierarchy, cgroupParent));
  return parents.filter((parent) => existsSync(parent));
}

async function hierarchies(): Promise<string[]> {
  if (isUnified()) return [root];
  const entries = await readdir(root, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(root, name));
}

async function removeTree(group: string): Promise<void> {
  if (!existsSync(group)) return;
  for (const entry of await readdir(group, { withFileTypes: true })) {
    if (entry.isDirectory()) await removeTree(join(group, entry.name));
  }
  // A group remains busy for a moment after its last process has ended.
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rmdir(group);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EBUSY" || attempt === 50) throw error;
      await sleep(100);
    }
  }
}
