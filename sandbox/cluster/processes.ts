import { spawn } from "node:child_process";
import { openSync, readdirSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheDir, logsDir } from "../paths.ts";

/**
 * Every process of the sandbox has its name in this variable. This is unambiguous, unlike a remembered process number
 * that may be reused.
 */
const marker = "HA_POSTGRES_SANDBOX";

/** The cache that a process belongs to: two clusters with the same addresses cannot run side by side. */
const cacheMarker = "HA_POSTGRES_CACHE";

export interface Daemon {
  /** `etcd`, or `node1/kubelet` for a part of a node. */
  name: string;
  /** Name of its process: the last part of its first argument. */
  program: string;
  command: readonly string[];
  env?: Readonly<Record<string, string>>;
}

export function daemonLog(name: string): string {
  return join(logsDir, "cluster", `${name.replace("/", "-")}.log`);
}

/** Starts a daemon that outlives this program, unless it runs already. */
export async function startDaemon(daemon: Daemon): Promise<void> {
  if (findDaemon(daemon) !== undefined) return;
  const log = daemonLog(daemon.name);
  await mkdir(dirname(log), { recursive: true });
  const output = openSync(log, "a");
  const [command = "", ...args] = daemon.command;
  const child = spawn(command, args, {
    detached: true,
    cwd: "/",
    stdio: ["ignore", output, output],
    env: {
      PATH: process.env["PATH"],
      ...daemon.env,
      [marker]: daemon.name,
      [cacheMarker]: cacheDir,
    },
  });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  child.unref();
}

/** Finds the process number of a running daemon. */
export function findDaemon({
  name,
  program,
}: Pick<Daemon, "name" | "program">): number | undefined {
  return ownProcesses().find((process) => process.name === name && process.program === program)
    ?.pid;
}

export interface SandboxProcess {
  pid: number;
  name: string;
  program: string;
  /** The cache whose cluster it is a part of. */
  cache: string;
}

/** The living processes of this cache's sandbox, with those that they started in turn. */
export function ownProcesses(): SandboxProcess[] {
  return sandboxProcesses().filter(({ cache }) => cache === cacheDir);
}

/** The processes of other caches' sandboxes. Only one sandbox can run at a time, and these must not be changed. */
export function othersProcesses(): SandboxProcess[] {
  return sandboxProcesses().filter(({ cache }) => cache !== cacheDir);
}

/** Every living process of a sandbox. */
function sandboxProcesses(): SandboxProcess[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      const { [marker]: name, [cacheMarker]: cache = "" } = environmentOf(pid) ?? {};
      if (name === undefined) return [];
      return [{ pid: Number(pid), name, program: programOf(pid), cache }];
    });
}

/** Ends processes with SIGTERM, and after `patienceMs` with SIGKILL. */
export async function endProcesses(pids: readonly number[], patienceMs = 5000): Promise<void> {
  pids.forEach((pid) => {
    signal(pid, "SIGTERM");
  });
  const deadline = Date.now() + patienceMs;
  while (pids.some(isAlive) && Date.now() < deadline) await sleep(50);
  pids.filter(isAlive).forEach((pid) => {
    signal(pid, "SIGKILL");
  });
  while (pids.some(isAlive)) await sleep(50);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has ended meanwhile.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    // A zombie has released its resources and only waits for its parent.
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

function environmentOf(pid: string): Record<string, string> | undefined {
  try {
    const lines = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
    return Object.fromEntries(
      lines.map((line) => [line.split("=", 1)[0] ?? "", line.slice(line.indexOf("=") + 1)]),
    );
  } catch {
    return undefined;
  }
}

function programOf(pid: string): string {
  try {
    return basename(readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0", 1)[0] ?? "");
  } catch {
    return "";
  }
}
