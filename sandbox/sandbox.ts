import { type Artefacts, build } from "./build/build.ts";
import { imagePartName, imageReference } from "./build/image.ts";
import { keptNodes, keptShape, runningShape } from "./cluster/kept-shape.ts";
import { isNodeRunning, nodeImages } from "./cluster/node.ts";
import { createNode, type ClusterSettings, start, powerOn } from "./cluster/start.ts";
import { type PartSet, images, partsOf } from "./parts.ts";
import { prepareBuild, prepareStart } from "./preflight.ts";
import { linkPrograms } from "./programs.ts";
import { withNode, withWanted } from "./shape/shape.ts";
import type { Placement, SandboxNode } from "./shape/topology.ts";

/** Builds the missing ones of these parts or sets of parts, after a check of this machine. */
export async function buildParts(names: readonly string[]): Promise<Artefacts> {
  await prepareBuild();
  const artefacts = await build(partsOf(names));
  await linkPrograms(artefacts);
  return artefacts;
}

/**
 * Starts a cluster with the images of `sets` on every node, and builds what is missing. The cluster starts while parts
 * for programs outside of it are still being built.
 */
export async function startSandbox(
  sets: readonly PartSet[],
  settings: ClusterSettings = {},
): Promise<Artefacts> {
  // Impossible requests are refused before a build of a quarter of an hour.
  const existing = await keptShape();
  const nodes = withWanted(existing, settings.shape ?? {}).nodes.length;
  await prepareStart(nodes, nodes - (existing?.nodes.length ?? 0));
  // A running cluster skips the start checks, but missing parts are built.
  await prepareBuild();
  const isWhole = (await keptNodes()).filter(isNodeRunning).length === nodes;
  const names = isWhole ? sets : [...sets, ...(await imagesInUse())];
  return build(partsOf(names), {
    title: "cluster",
    needs: partsOf(names.filter((name) => name !== "pulumi")).map(({ name }) => name),
    run: async (artefacts, quietly) => {
      await linkPrograms(artefacts);
      await start(artefacts, settings, quietly);
    },
  });
}

/** Adds a node with the images of the other nodes, since none can be pulled. */
export async function addNode(placement: Placement): Promise<SandboxNode> {
  const { nodes } = withNode(await runningShape(), placement);
  await prepareStart(nodes.length, 1);
  return createNode(placement, await buildParts(["kubernetes", ...(await imagesInUse())]));
}

/** Powers a node on, with the images of the other nodes. */
export async function startNode(node: SandboxNode): Promise<void> {
  await powerOn(node, await buildParts(["kubernetes", ...(await imagesInUse())]));
}

/** The parts whose images are on any node. */
async function imagesInUse(): Promise<string[]> {
  // A node that is off or still starting cannot be queried.
  const asked = (await keptNodes()).map((node) => nodeImages(node).catch(() => []));
  const present = (await Promise.all(asked)).flat();
  return Object.values(images)
    .filter((image) => present.includes(imageReference(image)))
    .map(({ name }) => imagePartName(name));
}
