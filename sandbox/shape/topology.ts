import type { Taint } from "./taint.ts";

/**
 * The addresses and names of the sandbox. All private, none routed beyond this machine.
 */
export const hostInterface = "ha-postgres";
export const hostAddress = "10.200.0.1";
export const nodeNetwork = "10.200.0.0/24";
export const podNetwork = "10.244.0.0/16";
export const serviceNetwork = "10.96.0.0/16";
/** Addresses of Services of the type LoadBalancer. */
export const loadBalancerNetwork = "10.201.0.0/24";
/** The first address of the service network is the API server's own. */
export const apiServiceAddress = "10.96.0.1";
export const clusterDomain = "cluster.local";

export const apiServerPort = 6443;
export const etcdClientPort = 2379;
export const etcdPeerPort = 2380;
export const dnsPort = 53;
export const s3Port = 7070;
export const apiServerUrl = `https://${hostAddress}:${apiServerPort}`;

/**
 * The network namespace that contains the bridge, so that this machine's firewall rules do not apply to node traffic.
 */
export const fabricNamespace = "ha-postgres-fabric";
export const fabricBridge = "bridge";

/** A separate parent in each cgroup controller. `stop` removes only this one. */
export const cgroupParent = "ha-postgres";

/** The last number that the network of the nodes has an address for. */
export const lastNodeNumber = 244;

export interface SandboxNode {
  name: string;
  /** Undefined on a node without the label, as in kind, k3d and minikube. */
  zone?: string;
  taints: readonly Taint[];
  address: string;
  podSubnet: string;
  podGateway: string;
}

/** The properties of a node that do not follow from its number. */
export interface Placement {
  zone?: string;
  taints?: readonly Taint[];
}

export function nodeName(number: number): string {
  return `node${number}`;
}

export function nodeNumbered(number: number, { zone, taints = [] }: Placement = {}): SandboxNode {
  return {
    name: nodeName(number),
    ...(zone === undefined ? {} : { zone }),
    taints,
    address: `10.200.0.${10 + number}`,
    podSubnet: `10.244.${number}.0/24`,
    podGateway: `10.244.${number}.1`,
  };
}

/** @throws Error that lists the nodes if the node does not exist. */
export function nodeNamed<Node extends Pick<SandboxNode, "name">>(
  nodes: readonly Node[],
  nameOrNumber: string,
): Node {
  const node = nodes.find(({ name }) => name === nameOrNumber || name === `node${nameOrNumber}`);
  if (!node) {
    throw new Error(
      `node ${nameOrNumber} does not exist; the nodes are ${nodes.map(({ name }) => name).join(", ")}`,
    );
  }
  return node;
}
