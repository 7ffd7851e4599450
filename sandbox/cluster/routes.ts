import { execa } from "execa";
import { type SandboxNode, podNetwork } from "../shape/topology.ts";
import { keptNodes } from "./kept-shape.ts";
import { routeServicesThrough } from "./network.ts";
import { isNodeReady, isNodeRunning, networkOf } from "./node.ts";

/** Lets this machine and every node that is up reach the pods of each other node, and of none that was removed. */
export async function alignPodRoutes(nodes: readonly SandboxNode[]): Promise<void> {
  await align([], nodes);
  for (const node of nodes) if (await isNodeReady(node)) await alignPodRoutesOf(node, nodes);
}

/** The same for one node. Routes to a node are there before it is, so that its first pod is reached. */
export async function alignPodRoutesOf(
  node: SandboxNode,
  nodes: readonly SandboxNode[],
): Promise<void> {
  await align(
    networkOf(node),
    nodes.filter(({ name }) => name !== node.name),
  );
}

/** This machine reaches services through the first node that is up and was not just cut off. */
export async function routeServices(except?: SandboxNode): Promise<void> {
  const nodes = await keptNodes();
  const node = nodes.find((one) => one.name !== except?.name && isNodeRunning(one));
  if (node) await routeServicesThrough(node);
}

/** `place` begins a command that is to run there; on this machine nothing does. */
async function align(place: readonly string[], nodes: readonly SandboxNode[]): Promise<void> {
  const { stdout } = await ip(place, ["-json", "route", "show", "root", podNetwork]);
  const routes = JSON.parse(stdout || "[]") as { dst: string; gateway?: string }[];
  const subnets = nodes.map(({ podSubnet }) => podSubnet);
  const commands = [
    ...routes
      // That of a node to its own pods has no gateway, and one of the machine's own has another.
      .filter(({ gateway = "" }) => gateway.startsWith("10.200.0."))
      .filter(({ dst }) => !subnets.includes(dst))
      .map(({ dst }) => `route delete ${dst}`),
    ...nodes.map(({ podSubnet, address }) => `route replace ${podSubnet} via ${address}`),
  ];
  await ip(place, ["-batch", "-"], commands.join("\n"));
}

function ip(place: readonly string[], args: readonly string[], input = "") {
  const [command = "", ...rest] = [...place, "ip", ...args];
  return execa(command, rest, { input });
}
