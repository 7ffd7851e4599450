import { execa } from "execa";
import { type SandboxNode, podNetwork } from "../shape/topology.ts";
import { keptNodes } from "./kept-shape.ts";
import { routeServicesThrough } from "./network.ts";
import { isNodeReady, isNodeRunning, networkOf } from "./node.ts";

/** Aligns the routes to pods, on this machine and on every ready node, with the existing nodes. */
export async function alignPodRoutes(nodes: readonly SandboxNode[]): Promise<void> {
  await align([], nodes);
  for (const node of nodes) if (await isNodeReady(node)) await alignPodRoutesOf(node, nodes);
}

/** Aligns the routes of one node. Routes to a node exist before it starts, so that its first pod can be reached. */
export async function alignPodRoutesOf(
  node: SandboxNode,
  nodes: readonly SandboxNode[],
): Promise<void> {
  await align(
    networkOf(node),
    nodes.filter(({ name }) => name !== node.name),
  );
}

/** Routes services through the first running node that has not just been isolated. */
export async function routeServices(except?: SandboxNode): Promise<void> {
  const nodes = await keptNodes();
  const node = nodes.find((one) => one.name !== except?.name && isNodeRunning(one));
  if (node) await routeServicesThrough(node);
}

/** `place` prefixes a command that runs elsewhere. It is empty on this machine. */
async function align(place: readonly string[], nodes: readonly SandboxNode[]): Promise<void> {
  const { stdout } = await ip(place, ["-json", "route", "show", "root", podNetwork]);
  const routes = JSON.parse(stdout || "[]") as { dst: string; gateway?: string }[];
  const subnets = nodes.map(({ podSubnet }) => podSubnet);
  const commands = [
    ...routes
      // The route of a node to its own pods has no gateway, and a route of the machine's own has another one.
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
