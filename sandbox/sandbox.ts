import { type Artefacts, build } from "./build/build.ts";
import { imagePartName, imageReference } from "./build/image.ts";
import { keptNodes, keptShape, runningShape } from "./cluster/kept-shape.ts";
import { isNodeRunning, nodeImages } from "./cluster/node.ts";
import { addNode, type ClusterSettings, start, startNode } from "./cluster/start.ts";
import { type PartSet, images, partsOf } from "./parts.ts";
import { prepareBuild, prepareStart } from "./preflight.ts";
import { linkPrograms } from "./programs.ts";
import { withNode, withWanted } from "./shape/shape.ts";
import type { Placement, SandboxNode } from "./shape/topology.ts";

/** Builds what is missing of some parts or sets of them, after a look at whether this machine can. */
export async function builtParts(names: readonly string[]): Promise<Artefacts> {
  await prepareBuild();
  const artefacts = await build(partsOf(names));
  await linkPrograms(artefacts);
  return artefacts;
}

/**
 * A running cluster with the images of `sets` on every node, whatever of it was missing before. It starts while what
 * runs outside of it is still built.
 */
export async function startedSandbox(
  sets: readonly PartSet[],
  settings: ClusterSettings = {},
): Promise<Artefacts> {
  // What cannot be had is told before a quarter of an hour of building.
  const existing = await keptShape();
  const nodes = withWanted(existing, settings.shape ?? {}).nodes.length;
  await prepareStart(nodes, nodes - (existing?.nodes.length ?? 0));
  // One that runs is not asked what it starts with, but what is missing of it is built all the same.
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

/** A node more, with all images that the others have, since none can be pulled. */
export async function addedNode(placement: Placement): Promise<SandboxNode> {
  const { nodes } = withNode(await runningShape(), placement);
  await prepareStart(nodes.length, 1);
  return addNode(placement, await builtParts(["kubernetes", ...(await imagesInUse())]));
}

/** Powers a node on again, with all images that the others have. */
export async function startedNode(node: SandboxNode): Promise<void> {
  await startNode(node, await builtParts(["kubernetes", ...(await imagesInUse())]));
}

/** The parts whose images some node has. */
async function imagesInUse(): Promise<string[]> {
  // One that is off, or only half up, cannot be asked.
  const asked = (await keptNodes()).map((node) => nodeImages(node).catch(() => []));
  const present = (await Promise.all(asked)).flat();
  return Object.values(images)
    .filter((image) => present.includes(imageReference(image)))
    .map(({ name }) => imagePartName(name));
}
