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

/**
 * A running cluster with the images of `sets` on every node, whatever of it was missing before. It starts while what
 * runs outside of it is still built.
 */
export async function startedSandbox(
  sets: readonly PartSet[],
  settings: ClusterSettings = {},
): Promise<Artefacts> {
  await prepareStart();
  return build(partsOf(sets), {
    title: "cluster",
    needs: partsOf(sets.filter((set) => set !== "pulumi")).map(({ name }) => name),
    run: async (artefacts, quietly) => {
      await linkPrograms(artefacts);
      await start(artefacts, settings, quietly);
    },
  });
}
