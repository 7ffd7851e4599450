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
import { applyDefaults, waitUntilNodesReady, waitUntilServing } from "./readiness.ts";
import { clearRemovedNodes } from "./removal.ts";
import { alignPodRoutes, alignPodRoutesOf, routeServices } from "./routes.ts";

export interface ClusterSettings {
  /** The requested shape. An existing cluster can only grow. */
  shape?: WantedShape;
  /** Whether the nodes enforce NetworkPolicies. The default is that of the existing cluster, and true for a new one. */
  networkPolicies?: boolean;
}

const baseImage = imageReference(images.base);

/**
 * Starts what does not run yet, in the order of dependencies. On a cluster of which a part was killed it starts that
 * part. On a complete one it changes nothing, except for missing requested nodes and the enforcement of
 * NetworkPolicies.
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
            await waitUntilServing();
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
        { title: "nodes ready", task: () => waitUntilNodesReady(nodes.map(({ name }) => name)) },
      ],
      quietly ? { renderer: "silent" } : { fallbackRenderer: "simple" },
    ).run();
  });
}

/** Powers a node on. */
export async function powerOn(node: SandboxNode, artefacts: Artefacts): Promise<void> {
  await withLock("cluster", async () => {
    await bringUp(node, await keptNodes(), artefacts);
    await waitUntilNodesReady([node.name]);
  });
}

/** Adds a node to a running cluster. */
export async function createNode(placement: Placement, artefacts: Artefacts): Promise<SandboxNode> {
  return withLock("cluster", async () => {
    const existing = await runningShape();
    await clearRemovedNodes();
    const shape = withNode(existing, placement);
    await keepShape(shape);
    const nodes = nodesOf(shape);
    const node = nodeNamed(nodes, nodeName(existing.next));
    await alignPodRoutes(nodes);
    await bringUp(node, nodes, artefacts);
    await waitUntilNodesReady([node.name]);
    return node;
  });
}

/** Cuts a node's power: its processes end at once, its disk remains. */
export async function powerOff(node: SandboxNode): Promise<void> {
  await withLock("cluster", async () => {
    await stopNode(node);
    await routeServices();
  });
}

/** Disconnects a node's network cable. Its processes continue. */
export async function isolateNode(node: SandboxNode): Promise<void> {
  await setCable(node, "down");
  await routeServices(node);
}

/** Reconnects the cable. */
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
