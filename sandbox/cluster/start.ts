import { join } from "node:path";
import { Listr } from "listr2";
import type { Artefacts } from "../build/build.ts";
import { imagePartName, imageReference } from "../build/image.ts";
import { withLock } from "../build/lock.ts";
import { images } from "../parts.ts";
import { type WantedShape, withNode, withWanted } from "../shape/shape.ts";
import { type Placement, type SandboxNode, nodeName, nodeNamed } from "../shape/topology.ts";
import {
  coreDns,
  etcd,
  kubeApiServer,
  kubeControllerManager,
  kubeScheduler,
  localPathProvisioner,
  s3Gateway,
  serviceLoadBalancer,
  writeControlPlaneFiles,
} from "./control-plane.ts";
import { keepShape, keptNodes, keptShape, nodesOf, runningShape } from "./kept-shape.ts";
import { enforcesNetworkPolicies, setNetworkPolicies } from "./network-policies.ts";
import { createFabric, setCable } from "./network.ts";
import { importImage, nodeImages, startNodeAgents, startRuntime, stopNode } from "./node.ts";
import { createPki } from "./pki.ts";
import { startDaemon } from "./processes.ts";
import { applyDefaults, nodesReady, serving } from "./readiness.ts";
import { clearRemovedNodes } from "./removal.ts";
import { alignPodRoutes, alignPodRoutesOf, routeServices } from "./routes.ts";

export interface ClusterSettings {
  /** What a new cluster is to have, and a running one more of. */
  shape?: WantedShape;
  /** Whether the nodes enforce NetworkPolicies: by default as the running cluster does, and a new one does. */
  networkPolicies?: boolean;
}

const baseImage = imageReference(images.base);

/**
 * Starts what does not run yet, in the order in which the parts need each other. On a cluster of which one part was
 * killed it starts that part; on one that is whole it changes nothing, but for nodes that are wanted and missing and for
 * whether NetworkPolicies are enforced.
 */
export async function start(
  artefacts: Artefacts,
  { shape: wanted = {}, networkPolicies = enforcesNetworkPolicies() }: ClusterSettings = {},
  quietly = false,
): Promise<void> {
  await withLock("cluster", async () => {
    const shape = withWanted(await keptShape(), wanted);
    await keepShape(shape);
    const nodes = nodesOf(shape);
    await new Listr(
      [
        {
          title: "network and certificates",
          task: async () => {
            await setNetworkPolicies(networkPolicies);
            await createPki();
            await createFabric();
            await alignPodRoutes(nodes);
            await writeControlPlaneFiles(baseImage);
          },
        },
        {
          title: "etcd and API server",
          task: async () => {
            await startDaemon(etcd());
            await startDaemon(kubeApiServer());
            await serving();
          },
        },
        {
          title: "controllers, DNS, volumes, S3",
          task: async () => {
            await applyDefaults();
            await startDaemon(kubeControllerManager());
            await startDaemon(kubeScheduler());
            await startDaemon(coreDns());
            await startDaemon(localPathProvisioner(baseImage));
            await startDaemon(await s3Gateway());
            await startDaemon(serviceLoadBalancer());
            await clearRemovedNodes();
          },
        },
        ...nodes.map((node) => ({
          title: node.zone === undefined ? node.name : `${node.name} in ${node.zone}`,
          task: () => bringUp(node, nodes, artefacts),
        })),
        { title: "nodes ready", task: () => nodesReady(nodes.map(({ name }) => name)) },
      ],
      quietly ? { renderer: "silent" } : { fallbackRenderer: "simple" },
    ).run();
  });
}

/** Powers a node on, or back on. */
export async function startNode(node: SandboxNode, artefacts: Artefacts): Promise<void> {
  await withLock("cluster", async () => {
    await bringUp(node, await keptNodes(), artefacts);
    await nodesReady([node.name]);
  });
}

/** Adds a node to a cluster that runs, and returns it. */
export async function addNode(placement: Placement, artefacts: Artefacts): Promise<SandboxNode> {
  return withLock("cluster", async () => {
    const existing = await runningShape();
    await clearRemovedNodes();
    const shape = withNode(existing, placement);
    await keepShape(shape);
    const nodes = nodesOf(shape);
    const node = nodeNamed(nodes, nodeName(existing.next));
    await alignPodRoutes(nodes);
    await bringUp(node, nodes, artefacts);
    await nodesReady([node.name]);
    return node;
  });
}

/** Cuts a node's power: everything on it is gone at once, its disk stays. */
export async function powerOff(node: SandboxNode): Promise<void> {
  await withLock("cluster", async () => {
    await stopNode(node);
    await routeServices();
  });
}

/** Pulls a node's network cable; its processes run on and reach nobody. */
export async function isolateNode(node: SandboxNode): Promise<void> {
  await setCable(node, "down");
  await routeServices(node);
}

/** Plugs the cable in again. */
export async function rejoinNode(node: SandboxNode): Promise<void> {
  await setCable(node, "up");
  await routeServices();
}

async function bringUp(
  node: SandboxNode,
  nodes: readonly SandboxNode[],
  artefacts: Artefacts,
): Promise<void> {
  await startRuntime(node, baseImage);
  await alignPodRoutesOf(node, nodes);
  await importImages(node, artefacts);
  await startNodeAgents(node);
  await routeServices();
}

async function importImages(node: SandboxNode, artefacts: Artefacts): Promise<void> {
  const present = await nodeImages(node);
  for (const image of Object.values(images)) {
    const folder = artefacts.get(imagePartName(image.name));
    if (folder === undefined || present.includes(imageReference(image))) continue;
    await importImage(node, join(folder, "image.tar"));
  }
}
