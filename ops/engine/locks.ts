import { readFile, readdir } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

/** A lock that a run of the engine has taken on a stack, as the file backend notes it. */
export interface Lock {
  /** Undefined where the file cannot be read: a run may just be writing it. */
  pid?: number;
  username?: string;
  hostname?: string;
  /** When the run began. */
  timestamp?: string;
}

/** The locks on a stack. Those of other stacks in the same folder are other people's. */
export async function locksOn(
  stateFolder: string,
  { project, stack }: { project: string; stack: string },
): Promise<Lock[]> {
  const folder = join(stateFolder, ".pulumi", "locks", "organization", project, stack);
  const names = await readdir(folder).catch(() => []);
  return Promise.all(
    names.filter((name) => name.endsWith(".json")).map((name) => readLock(join(folder, name))),
  );
}

/**
 * Whether the run that has taken a lock may still go on. Of a process on another host, or in another container, nobody here
 * can tell, and one that this user may not signal is there.
 */
export function isHeld(lock: Lock, here = hostname()): boolean {
  if (lock.pid === undefined || lock.hostname !== here) return true;
  try {
    process.kill(lock.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** Who holds a stack, for people. */
export function holderOf({ pid, username, hostname: host, timestamp }: Lock): string {
  if (pid === undefined) return "a lock that cannot be read";
  const since = timestamp === undefined ? "" : ` since ${timestamp}`;
  return `process ${pid} of ${username ?? "somebody"} on ${host ?? "an unknown host"}${since}`;
}

async function readLock(file: string): Promise<Lock> {
  try {
    const { pid = NaN, ...lock } = JSON.parse(await readFile(file, "utf8")) as Lock;
    return { ...lock, ...(Number.isInteger(pid) && { pid }) };
  } catch {
    return {};
  }
}
