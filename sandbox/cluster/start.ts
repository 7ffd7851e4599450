import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Listr } from "listr2";
import type { Artefacts } from "../build/build.ts";
import { imagePartName, imageReference } from "../build/image.ts";
import { withLock } from "../build/lock.ts";
import { images } from "../parts.ts";
import { stateDir } from "../paths.ts";
import { type SandboxNode, nodes } from "../topology.ts";
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
import { enforcesNetworkPolicies, setNetworkPolicies } from "./network-policies.ts";
import { createFabric, routeServicesThrough, setCable } from "./network.ts";
import {
  importImage,
  isNodeRunning,
  nodeImages,
  startNodeAgents,
  startRuntime,
  stopNode,
} from "./node.ts";
import { createPki } from "./pki.ts";
import { startDaemon } from "./processes.ts";
import { applyDefaults, nodesReady, serving } from "./readiness.ts";

export interface ClusterSettings {
  /** Whether the nodes enforce NetworkPolicies: by default as the running cluster does, and a new one does. */
  networkPolicies?: boolean;
}

const baseImage = imageReference(images.base);

/**
 * Starts what does not run yet, in the order in which the parts need each other. On a cluster of which one part was
 * killed it starts that part; on one that is whole it changes nothing but whether NetworkPolicies are enforced, where
 * that is told.
 */
export async function start(
  artefacts: Artefacts,
  settings: ClusterSettings = {},
  quietly = false,
): Promise<void> {
  await withLock("cluster", async () => {
    await new Listr(
      [
        {
          title: "network and certificates",
          task: async () => {
            await mkdir(stateDir, { recursive: true, mode: 0o700 });
            await setNetworkPolicies(settings.networkPolicies ?? enforcesNetworkPolicies());
            await createPki();
            await createFabric();
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
          },
        },
        ...nodes.map((node) => ({
          title: `${node.name} in ${node.zone}`,
          task: () => bringUp(node, artefacts),
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
    await bringUp(node, artefacts);
    await nodesReady([node.name]);
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

async function bringUp(node: SandboxNode, artefacts: Artefacts): Promise<void> {
  await startRuntime(node, baseImage);
  await importImages(node, artefacts);
  await startNodeAgents(node);
  await routeServices();
}

/** This machine reaches services through the first node that is up and was not just cut off. */
async function routeServices(except?: SandboxNode): Promise<void> {
  const node = nodes.find((candidate) => candidate !== except && isNodeRunning(candidate));
  if (node) await routeServicesThrough(node);
}

async function importImages(node: SandboxNode, artefacts: Artefacts): Promise<void> {
  const present = await nodeImages(node);
  for (const image of Object.values(images)) {
    const folder = artefacts.get(imagePartName(image.name));
    if (folder === undefined || present.includes(imageReference(image))) continue;
    await importImage(node, join(folder, "image.tar"));
  }
}
