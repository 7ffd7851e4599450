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
  /** Whether its pods are evicted first, as their budgets allow. */
  drain: boolean;
  /** Seconds that this may take. */
  timeout: number;
}

export interface Removal {
  node: SandboxNode;
  /** The claims, as namespace/name, whose data were on its disk. */
  lostClaims: string[];
}

/**
 * Takes a node out of the cluster and removes all of it, its disk included. It is drained first, as a machine that is
 * taken away is; without that it goes as one that breaks.
 *
 * @throws Error in the words of `kubectl` when it cannot be drained. It stays then.
 */
export async function removeNode(
  nameOrNumber: string,
  { drain, timeout }: RemovalOptions,
): Promise<Removal> {
  return withLock("cluster", async () => {
    const shape = await runningShape();
    // One whose removal was cut off is removed to the end.
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

/** Removes what is left of nodes that are no longer part of the shape. The disk last: where there is one, there is work. */
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
      `Mend that, or let it go as a machine that breaks: npm run sandbox -- node remove ${name} --no-drain`,
  );
}

/**
 * With its pods: nobody is left to say that they have ended, and the cluster would wait for that. With its volumes: one
 * that a claim has stays until that goes, and is not cleaned by a pod that no node would run.
 */
async function unregister(node: SandboxNode): Promise<void> {
  const volumes = (await volumesOn(node)).map(
    ({ metadata }) => `persistentvolume/${metadata.name}`,
  );
  if (volumes.length > 0) await kubectl(["delete", ...volumes, "--wait=false"]);
  await kubectl(["delete", "node", node.name, "--ignore-not-found"]);
  // After the node: a DaemonSet would put another one there at once.
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
