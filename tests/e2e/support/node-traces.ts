import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, kubectl, run } from "./commands";

/** Everything of a node that is on this machine, on the other nodes and in the API, found without asking the sandbox. */
export async function tracesOf(node: string): Promise<string[]> {
  const subnet = `10.244.${node.slice("node".length)}.0/24`;
  const inApi = [
    ["nodes", `--field-selector=metadata.name=${node}`],
    ["pods", "--all-namespaces", `--field-selector=spec.nodeName=${node}`],
  ] as const;
  return [
    ...processesOf(node).map((pid) => `process ${pid}`),
    ...(await linesOf("ip", "-netns", "ha-postgres-fabric", "link")).filter((line) =>
      line.includes(` ${node}@`),
    ),
    ...(await linesOf("ip", "route")).filter((line) => line.startsWith(subnet)),
    ...(await routesOfNodes()).filter((line) => line.includes(` ${subnet} `)),
    ...readFileSync("/proc/self/mounts", "utf8")
      .split("\n")
      .filter((line) => line.includes(`/nodes/${node}/`)),
    ...files(node).filter((path) => existsSync(path)),
    ...(await Promise.all(inApi.map((what) => kubectl("get", ...what, "--output=name")))).filter(
      (names) => names !== "",
    ),
  ];
}

/** The processes of the daemons of a node, and those that they started. */
export function processesOf(node: string): number[] {
  return processes(`HA_POSTGRES_SANDBOX=${node}/`);
}

async function routesOfNodes(): Promise<string[]> {
  const inits = processes("HA_POSTGRES_SANDBOX=node").filter(
    (pid) => contentOf(`/proc/${pid}/cmdline`).split("\0")[0] === "tini",
  );
  const routes = await Promise.all(
    inits.map(async (pid) => {
      const lines = await linesOf("nsenter", "--target", String(pid), "--net", "ip", "route");
      return lines.map((line) => `in the node of process ${pid}: ${line}`);
    }),
  );
  return routes.flat();
}

function files(node: string): string[] {
  const cgroups = "/sys/fs/cgroup";
  const state = join(cacheFolder, "cluster");
  return [
    ...["", ...readdirSync(cgroups)].map((group) => join(cgroups, group, "ha-postgres", node)),
    join(state, "nodes", node),
    join(state, "kubeconfigs", node),
    join(state, "pki", `${node}.crt`),
    join(state, "pki", `${node}.key`),
  ];
}

function processes(variable: string): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => contentOf(`/proc/${pid}/environ`).includes(variable))
    .map(Number);
}

async function linesOf(command: string, ...args: string[]): Promise<string[]> {
  return (await run(command, args)).output.split("\n");
}

/** A process that ends while it is looked at has left nothing. */
function contentOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
