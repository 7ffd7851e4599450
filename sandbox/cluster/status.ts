import { describeShape } from "../shape/shape.ts";
import type { SandboxNode } from "../shape/topology.ts";
import { keptShape, nodesOf, removedNodes } from "./kept-shape.ts";
import { enforcesNetworkPolicies } from "./network-policies.ts";
import { cableState, fabricExists } from "./network.ts";
import { isNodeRunning, nodeDaemons } from "./node.ts";
import { findDaemon } from "./processes.ts";
import { answers } from "./readiness.ts";

const hostDaemons = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "coredns",
  "service-load-balancer",
  "local-path-provisioner",
  "versitygw",
];

export interface PartStatus {
  part: string;
  state: string;
}

/** Lists every process of the sandbox and every cable, with their states. */
export async function status(): Promise<PartStatus[]> {
  const shape = await keptShape();
  const nodes = shape ? nodesOf(shape) : [];
  const daemons = [
    ...hostDaemons.map((name) => ({ name, program: name })),
    ...nodes.flatMap(nodeDaemons),
  ];
  const processes = daemons.map((daemon) => {
    const pid = findDaemon(daemon);
    return { part: daemon.name, state: pid === undefined ? "not running" : `running (${pid})` };
  });
  const api = { part: "API", state: (await answers()) ? "ready" : "not answering" };
  const counted = { part: "shape", state: shape ? describeShape(shape) : "none" };
  const policies = {
    part: "NetworkPolicies",
    state: enforcesNetworkPolicies() ? "enforced" : "not enforced",
  };
  const removed = (await removedNodes()).map(({ name }) => ({
    part: name,
    state: "half removed; the next start removes the rest",
  }));
  return [counted, api, policies, ...processes, ...removed, ...(await cables(nodes))];
}

async function cables(nodes: readonly SandboxNode[]): Promise<PartStatus[]> {
  if (!(await fabricExists())) return [];
  return Promise.all(
    nodes
      .filter(isNodeRunning)
      .map(async (node) => ({ part: `${node.name}/network`, state: await cableState(node) })),
  );
}
