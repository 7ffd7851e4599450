import type { Taint } from "./taint.ts";

/**
 * The addresses and names of the sandbox. All private, none routed beyond this machine.
 */
export const hostInterface = "ha-postgres";
export const hostAddress = "10.200.0.1";
export const nodeNetwork = "10.200.0.0/24";
export const podNetwork = "10.244.0.0/16";
export const serviceNetwork = "10.96.0.0/16";
/** What Services of the type LoadBalancer get their addresses from. */
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

/** The namespace that holds the bridge, so that no firewall rule of the machine's own meets node traffic. */
export const fabricNamespace = "ha-postgres-fabric";
export const fabricBridge = "bridge";

/** A parent of its own in each cgroup controller; `stop` removes it and touches no other. */
export const cgroupParent = "ha-postgres";

/** The last number for which the network of the nodes has an address. */
export const lastNodeNumber = 244;

export interface SandboxNode {
  name: string;
  /** None on a node without the label, as those of kind, k3d and minikube are. */
  zone?: string;
  taints: readonly Taint[];
  address: string;
  podSubnet: string;
  podGateway: string;
}

/** What of a node is not fixed by its number. */
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

/** @throws Error that lists the nodes when there is none of that name or number. */
export function nodeNamed<Node extends Pick<SandboxNode, "name">>(
  nodes: readonly Node[],
  nameOrNumber: string,
): Node {
  const node = nodes.find(({ name }) => name === nameOrNumber || name === `node${nameOrNumber}`);
  if (!node) {
    throw new Error(
      `there is no node ${nameOrNumber}; the nodes are ${nodes.map(({ name }) => name).join(", ")}`,
    );
  }
  return node;
}
