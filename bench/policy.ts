import { join } from "node:path";
import type { Engine } from "../ops/engine/engine.ts";
import type { Target } from "../ops/target.ts";
import { revealSecrets } from "./deploy.ts";
import {
  flatVerdict,
  measureInTurns,
  median,
  ratios,
  seconds,
  type Series,
  seriesTable,
  verdict,
} from "./measure.ts";
import { type Registered, RunningPack } from "./pack.ts";
import { manyClusters } from "./scale.ts";
import { configure, inScratchFolder, root, scratchPackage, scratchProgram } from "./scratch.ts";

const clusters = 100;
const sizes = [100, 500, 1000, 5000];

const previewGoal = 1.15;
const startGoal = 2;

const pack = join(root, "policy");
const packOptions = [
  "--policy-pack",
  pack,
  "--policy-pack-config",
  join(pack, "profiles", "dev.json"),
];

/** Measures the cost of the gate: the preview of many clusters with and without it, its start, and each resource. */
export async function policyBench(target: Target, dev: Engine, rounds: number): Promise<string> {
  const preview = await measurePreviews(target, rounds);
  const start = await measureStarts(rounds);
  return [preview, start, await measureResources(dev, rounds)].join("\n\n");
}

async function measurePreviews(target: Target, rounds: number): Promise<string> {
  return inScratchFolder(async (scratch) => {
    const { engine } = await scratchProgram(target, scratch, {
      name: "checked-clusters",
      project: "ha-postgres-bench",
      source: manyClusters,
      config: {},
    });
    await configure(target, engine, { "ha-postgres-bench:clusters": clusters });
    const emptyPackOptions = ["--policy-pack", await emptyPack(scratch)];
    const preview = (gate: string[]) => () => seconds(() => engine.runSilently("preview", ...gate));
    // A first run is not measured: it compiles the pack, and fills the caches of files and of definitions.
    await preview(packOptions)();
    await preview(emptyPackOptions)();
    const [full, least, plain] = await measureInTurns(
      [
        { name: "with the pack", measure: preview(packOptions) },
        { name: "with an empty pack", measure: preview(emptyPackOptions) },
        { name: "without", measure: preview([]) },
      ],
      rounds,
    );
    if (!full || !least || !plain) throw new Error("nothing was measured");
    const ratio = ratios(full, plain);
    return [
      `pulumi preview of ${clusters} clusters, ${rounds} rounds`,
      seriesTable("seconds", [full, least, plain]),
      seriesTable("ratio", [ratio, ratios(full, least), ratios(least, plain)]),
      verdict(ratio, previewGoal),
    ].join("\n\n");
  });
}

/** A pack without rules shows the cost of the engine and its library for any pack. */
function emptyPack(scratch: string): Promise<string> {
  return scratchPackage(scratch, "empty-pack", {
    "PulumiPolicy.yaml": "runtime: nodejs\n",
    "package.json": JSON.stringify({ name: "empty-pack", version: "0.0.0", main: "index.js" }),
    "index.js": `const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("empty-pack", { policies: [] });
`,
  });
}

async function measureStarts(rounds: number): Promise<string> {
  const measure = async () => {
    let running: RunningPack | undefined;
    const time = await seconds(async () => (running = await RunningPack.start()));
    running?.stop();
    return time;
  };
  const [start] = await measureInTurns([{ name: "start of the pack", measure }], rounds);
  if (!start) throw new Error("nothing was measured");
  return [seriesTable("seconds", [start]), verdict(start, startGoal)].join("\n\n");
}

/** Measures the pack alone, on copies of the resources of the dev stack. */
async function measureResources(dev: Engine, rounds: number): Promise<string> {
  const deployed = await deployedResources(dev);
  const running = await RunningPack.start();
  const check = (size: number) => async () => {
    const copies = manyOf(deployed, size);
    return (1000 / size) * (await seconds(() => running.check(copies)));
  };
  try {
    // A first run is not measured: V8 compiles frequently used code.
    await check(Math.max(...sizes))();
    const costs: Series[] = await measureInTurns(
      sizes.map((size) => ({ name: `${size} resources`, measure: check(size) })),
      rounds,
    );
    return [
      seriesTable("milliseconds a resource", costs),
      flatVerdict(costs.map(({ values }) => median(values))),
    ].join("\n\n");
  } finally {
    running.stop();
  }
}

/** The resources of a cluster, without the operator, which a stack has only once. */
async function deployedResources(dev: Engine): Promise<Registered[]> {
  const state = (await dev.exportState()) as { deployment: { resources: Registered[] } };
  return state.deployment.resources
    .filter(({ urn }) => !urn.includes("Platform"))
    .map(
      (resource) =>
        ({ ...resource, inputs: revealSecrets(resource.inputs ?? {}) as object }) as Registered,
    );
}

/** Copies the resources until their number is reached, with different names in each copy. */
function manyOf(resources: readonly Registered[], count: number): Registered[] {
  const text = JSON.stringify(resources);
  const copies = Math.ceil(count / resources.length);
  return Array.from(
    { length: copies },
    (_, copy) => JSON.parse(text.replace(/\bmain\b/g, `main${copy}`)) as Registered[],
  )
    .flat()
    .slice(0, count);
}
