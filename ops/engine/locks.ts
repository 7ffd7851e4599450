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

/** Finds the locks on a stack. Other stacks in the same folder may belong to other people. */
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
 * Whether the run that holds a lock may still be active. A process on another host or in another container cannot be
 * checked, and one that this user may not signal exists.
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

/** Describes the holder of a stack. */
export function holderOf({ pid, username, hostname: host, timestamp }: Lock): string {
  if (pid === undefined) return "a lock that cannot be read";
  const since = timestamp === undefined ? "" : ` since ${timestamp}`;
  return `process ${pid} of ${username ?? "an unknown user"} on ${host ?? "an unknown host"}${since}`;
}

async function readLock(file: string): Promise<Lock> {
  try {
    const { pid = NaN, ...lock } = JSON.parse(await readFile(file, "utf8")) as Lock;
    return { ...lock, ...(Number.isInteger(pid) && { pid }) };
  } catch {
    return {};
  }
}
