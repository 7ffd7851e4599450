import { type Artefacts, build } from "./build/build.ts";
import { type ClusterSettings, start } from "./cluster/start.ts";
import { type PartSet, partsOf } from "./parts.ts";
import { prepareBuild, prepareStart } from "./preflight.ts";
import { linkPrograms } from "./programs.ts";

/** Builds what is missing of some parts or sets of them, after a look at whether this machine can. */
export async function builtParts(names: readonly string[]): Promise<Artefacts> {
  await prepareBuild();
  const artefacts = await build(partsOf(names));
  await linkPrograms(artefacts);
  return artefacts;
}

/** A running cluster with the images of `sets` on every node, whatever of it was missing before. */
export async function startedSandbox(
  sets: readonly PartSet[],
  settings?: ClusterSettings,
): Promise<Artefacts> {
  await prepareStart();
  const artefacts = await builtParts(sets);
  await start(artefacts, settings);
  return artefacts;
}
