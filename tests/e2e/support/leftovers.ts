import { existsSync, readFileSync, readdirSync } from "node:fs";
import { run } from "./commands";

/** Everything of a sandbox that is on this machine, found without asking the sandbox. */
export async function leftovers(): Promise<string[]> {
  return [
    ...sandboxProcesses().map(({ pid, command }) => `process ${pid}: ${command}`),
    ...linesWith(readFileSync("/proc/self/mounts", "utf8"), /ha-postgres/),
    ...linesWith((await run("ip", ["-brief", "link"])).output, /ha-postgres/),
    ...linesWith((await run("ip", ["netns", "list"])).output, /ha-postgres/),
    ...linesWith((await run("ip", ["route"])).output, /^10\.(200|201|244|96)\./),
    ...linesWith((await run("iptables-save", [])).output, /KUBE-|CNI-/),
    ...cgroups(),
  ];
}

/** Every process of a sandbox. Its own carry a variable, and those in containers run below one of its cgroups. */
export function sandboxProcesses(): { pid: number; command: string }[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter(
      (pid) =>
        contentOf(`/proc/${pid}/environ`).includes("HA_POSTGRES_SANDBOX=") ||
        contentOf(`/proc/${pid}/cgroup`).includes("/ha-postgres/"),
    )
    .map((pid) => ({
      pid: Number(pid),
      command: contentOf(`/proc/${pid}/cmdline`).replaceAll("\0", " "),
    }));
}

function cgroups(): string[] {
  const root = "/sys/fs/cgroup";
  return ["", ...readdirSync(root)]
    .map((hierarchy) => `${root}/${hierarchy}/ha-postgres`)
    .filter((group) => existsSync(group));
}

function linesWith(text: string, pattern: RegExp): string[] {
  return text.split("\n").filter((line) => pattern.test(line));
}

/** A process that ends while it is looked at has left nothing. */
function contentOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
