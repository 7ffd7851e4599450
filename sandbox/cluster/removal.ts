import { rm } from "node:fs/promises";
import { withLock } from "../build/lock.ts";
import { withoutNode } from "../shape/shape.ts";
import { type SandboxNode, nodeNamed } from "../shape/topology.ts";
import { deleteNodeCgroup } from "./cgroups.ts";
import { diskOf, keepShape, keptNodes, nodesOf, removedNodes, runningShape } from "./kept-shape.ts";
import { kubeconfigOf } from "./kubeconfig.ts";
import { unplug } from "./network.ts";
import { isNodeRunning, stopNode } from "./node.ts";
import { deleteNodeCertificate } from "./pki.ts";
import { endProcesses, ownProcesses } from "./processes.ts";
import { kubectl } from "./readiness.ts";
import { alignPodRoutes, routeServices } from "./routes.ts";

export interface RemovalOptions {
  /** Whether its pods are evicted first, respecting their budgets. */
  drain: boolean;
  /** Time limit of the eviction, in seconds. */
  timeout: number;
}

export interface Removal {
  node: SandboxNode;
  /** The claims, as namespace/name, whose data were on its disk. */
  lostClaims: string[];
}

/**
 * Removes a node from the cluster, with its disk. It is drained first, unless it is removed like a broken machine.
 *
 * @throws Error with the output of `kubectl` if it cannot be drained. It remains then.
 */
export async function removeNode(
  nameOrNumber: string,
  { drain, timeout }: RemovalOptions,
): Promise<Removal> {
  return withLock("cluster", async () => {
    const shape = await runningShape();
    // Completes an interrupted removal.
    const begun = await removedNodes();
    const node = nodeNamed([...nodesOf(shape), ...begun], nameOrNumber);
    const lostClaims = claimsOf(await volumesOn(node));
    if (!begun.includes(node)) {
      const remaining = withoutNode(shape, node.name);
      if (drain && isNodeRunning(node)) await drainNode(node, timeout);
      await keepShape(remaining);
    }
    await clearRemovedNodes();
    return { node, lostClaims };
  });
}

/**
 * Removes the rest of nodes that are no longer part of the shape. The disk is last: as long as it exists, the removal
 * is incomplete.
 */
export async function clearRemovedNodes(): Promise<void> {
  for (const node of await removedNodes()) {
    await stopNode(node);
    const left = ownProcesses().filter(({ name }) => name.startsWith(`${node.name}/`));
    await endProcesses(
      left.map(({ pid }) => pid),
      0,
    );
    await unregister(node);
    await unplug(node);
    await alignPodRoutes(await keptNodes());
    await routeServices();
    await deleteNodeCgroup(node.name);
    await deleteNodeCertificate(node);
    await rm(kubeconfigOf(node.name), { force: true });
    await rm(diskOf(node), { recursive: true, force: true });
  }
}

async function drainNode({ name }: SandboxNode, timeout: number): Promise<void> {
  const options = ["--ignore-daemonsets", "--delete-emptydir-data", "--force"];
  const { failed, stderr } = await kubectl(["drain", name, ...options, `--timeout=${timeout}s`], {
    reject: false,
  });
  if (!failed) return;
  await kubectl(["uncordon", name]);
  throw new Error(
    `${name} stays, since it could not be drained within ${timeout} s:\n${stderr}\n` +
      `Fix that, or remove it like a broken machine: npm run sandbox -- node remove ${name} --no-drain`,
  );
}

/**
 * Deletes its pods: no kubelet is left to report their end, and the cluster would wait for it. Deletes its volumes: one
 * with a claim remains as long as the claim, and cannot be cleaned by a pod on a removed node.
 */
async function unregister(node: SandboxNode): Promise<void> {
  const volumes = (await volumesOn(node)).map(
    ({ metadata }) => `persistentvolume/${metadata.name}`,
  );
  if (volumes.length > 0) await kubectl(["delete", ...volumes, "--wait=false"]);
  await kubectl(["delete", "node", node.name, "--ignore-not-found"]);
  // After the node: a DaemonSet would recreate its pods immediately.
  const pods = ["pods", "--all-namespaces", `--field-selector=spec.nodeName=${node.name}`];
  await kubectl(["delete", ...pods, "--force", "--grace-period=0", "--wait=false"]);
}

interface PersistentVolume {
  metadata: { name: string };
  spec: {
    claimRef?: { namespace: string; name: string };
    nodeAffinity?: {
      required?: { nodeSelectorTerms: { matchExpressions?: { values?: string[] }[] }[] };
    };
  };
}

async function volumesOn({ name }: SandboxNode): Promise<PersistentVolume[]> {
  const { stdout } = await kubectl(["get", "persistentvolumes", "--output=json"]);
  const { items } = JSON.parse(stdout) as { items: PersistentVolume[] };
  return items.filter(({ spec }) =>
    spec.nodeAffinity?.required?.nodeSelectorTerms.some(({ matchExpressions = [] }) =>
      matchExpressions.some(({ values = [] }) => values.includes(name)),
    ),
  );
}

function claimsOf(volumes: readonly PersistentVolume[]): string[] {
  return volumes.flatMap(({ spec: { claimRef } }) =>
    claimRef === undefined ? [] : [`${claimRef.namespace}/${claimRef.name}`],
  );
}
