import { execa } from "execa";
import {
  type SandboxNode,
  fabricBridge,
  fabricNamespace,
  hostAddress,
  hostInterface,
  loadBalancerNetwork,
  nodeNetwork,
  podNetwork,
  serviceNetwork,
} from "../shape/topology.ts";

/**
 * Creates a bridge in a separate network namespace, with a cable to this machine and one to each node. The machine's
 * own network only gets one interface and its routes, which are removed with the namespace.
 */
export async function createFabric(): Promise<void> {
  if (!(await fabricExists())) {
    await ip("netns", "add", fabricNamespace);
  }
  if (!(await linkExists(fabricBridge))) {
    await fabric("link", "add", fabricBridge, "type", "bridge");
    await fabric("link", "set", fabricBridge, "up");
  }
  if (!(await linkExists("host"))) {
    await ip(
      "link",
      "add",
      hostInterface,
      "type",
      "veth",
      "peer",
      "name",
      "host",
      "netns",
      fabricNamespace,
    );
  }
  await fabric("link", "set", "host", "master", fabricBridge, "up");
  await ip("address", "replace", `${hostAddress}/24`, "dev", hostInterface);
  await ip("link", "set", hostInterface, "up");
}

/** Connects a node, given by its init process, to the bridge. */
export async function plugIn(node: SandboxNode, init: number): Promise<void> {
  await unplug(node);
  await fabric(
    "link",
    "add",
    node.name,
    "master",
    fabricBridge,
    "type",
    "veth",
    "peer",
    "name",
    "eth0",
    "netns",
    String(init),
  );
  await fabric("link", "set", node.name, "up");
  const inNode = (...args: string[]) =>
    execa("nsenter", ["--target", String(init), "--net", "ip", ...args]);
  await inNode("link", "set", "lo", "up");
  await inNode("address", "add", `${node.address}/24`, "dev", "eth0");
  await inNode("link", "set", "eth0", "up");
  await inNode("route", "add", "default", "via", hostAddress);
}

/** Removes a node's cable. It would end with the node, but only a moment later. */
export async function unplug(node: SandboxNode): Promise<void> {
  if (await linkExists(node.name)) await fabric("link", "delete", node.name);
}

/** Disconnects a node from the network, or reconnects it. */
export async function setCable(node: SandboxNode, state: "up" | "down"): Promise<void> {
  await fabric("link", "set", node.name, state);
}

/** A node whose start was interrupted may have no cable. */
export async function cableState(node: SandboxNode): Promise<"up" | "down" | "missing"> {
  const { stdout } = await fabric("-json", "link", "show");
  const links = JSON.parse(stdout) as { ifname: string; flags: string[] }[];
  const link = links.find(({ ifname }) => ifname === node.name);
  if (!link) return "missing";
  return link.flags.includes("UP") ? "up" : "down";
}

/** Lets this machine reach services through a node: its kube-proxy forwards traffic from outside the pod network. */
export async function routeServicesThrough(node: SandboxNode): Promise<void> {
  for (const network of [serviceNetwork, loadBalancerNetwork]) {
    await ip("route", "replace", network, "via", node.address);
  }
}

/** Removes everything that exists. */
export async function deleteFabric(): Promise<void> {
  if (await fabricExists()) await ip("netns", "delete", fabricNamespace);
  // The machine's end would be removed with the namespace, but only a moment later.
  await execa("ip", ["link", "delete", hostInterface], { reject: false });
}

export async function hostInterfaceExists(): Promise<boolean> {
  const { exitCode } = await execa("ip", ["link", "show", hostInterface], { reject: false });
  return exitCode === 0;
}

export async function fabricExists(): Promise<boolean> {
  const { stdout } = await ip("netns", "list");
  return stdout.split("\n").some((line) => line.split(" ")[0] === fabricNamespace);
}

/** Networks of this machine that conflict with the sandbox's addresses. */
export async function collidingRoutes(): Promise<string[]> {
  const { stdout } = await ip("-json", "route", "show");
  const routes = JSON.parse(stdout) as { dst: string; dev?: string }[];
  const taken = [nodeNetwork, podNetwork, serviceNetwork, loadBalancerNetwork].map(commonBytes);
  return routes
    .filter(({ dst, dev }) => dev !== hostInterface && taken.some((start) => dst.startsWith(start)))
    .map(({ dst, dev }) => `${dst}${dev ? ` on ${dev}` : ""}`);
}

/** The common prefix of the addresses of a network of 8, 16 or 24 bits. */
function commonBytes(cidr: string): string {
  const [address = "", bits] = cidr.split("/");
  return `${address
    .split(".")
    .slice(0, Number(bits) / 8)
    .join(".")}.`;
}

async function linkExists(name: string): Promise<boolean> {
  const { exitCode } = await execa("ip", ["-n", fabricNamespace, "link", "show", name], {
    reject: false,
  });
  return exitCode === 0;
}

function fabric(...args: string[]) {
  return ip("-n", fabricNamespace, ...args);
}

function ip(...args: string[]) {
  return execa("ip", args);
}
