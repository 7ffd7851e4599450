import { join } from "node:path";
import type { Engine } from "../ops/engine/engine.ts";
import type { Target } from "../ops/target.ts";
import { revealed } from "./deploy.ts";
import {
  flatVerdict,
  inTurns,
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
const judgedByPack = [
  ...["--policy-pack", pack],
  ...["--policy-pack-config", join(pack, "profiles", "dev.json")],
];

/** What the gate costs: the preview of many clusters with it and without, its start, and each resource. */
export async function policyBench(target: Target, dev: Engine, rounds: number): Promise<string> {
  const preview = await previews(target, rounds);
  const start = await starts(rounds);
  return [preview, start, await resources(dev, rounds)].join("\n\n");
}

async function previews(target: Target, rounds: number): Promise<string> {
  return inScratchFolder(async (scratch) => {
    const { engine } = await scratchProgram(target, scratch, {
      name: "judged-clusters",
      project: "ha-postgres-bench",
      source: manyClusters,
      config: {},
    });
    await configure(target, engine, { "ha-postgres-bench:clusters": clusters });
    const judgedByNone = ["--policy-pack", await emptyPack(scratch)];
    const preview = (gate: string[]) => () => seconds(() => engine.silently("preview", ...gate));
    // Once unmeasured: it compiles the pack, and fills the caches of files and of definitions.
    await preview(judgedByPack)();
    await preview(judgedByNone)();
    const [judged, least, plain] = await inTurns(
      [
        { name: "with the pack", measure: preview(judgedByPack) },
        { name: "with an empty pack", measure: preview(judgedByNone) },
        { name: "without", measure: preview([]) },
      ],
      rounds,
    );
    if (!judged || !least || !plain) throw new Error("nothing was measured");
    const ratio = ratios(judged, plain);
    return [
      `pulumi preview of ${clusters} clusters, ${rounds} rounds`,
      seriesTable("seconds", [judged, least, plain]),
      seriesTable("ratio", [ratio, ratios(judged, least), ratios(least, plain)]),
      verdict(ratio, previewGoal),
    ].join("\n\n");
  });
}

/** A pack without rules: what the engine and its library take for any pack. */
function emptyPack(scratch: string): Promise<string> {
  return scratchPackage(scratch, "empty-pack", {
    "PulumiPolicy.yaml": "runtime: nodejs\n",
    "package.json": JSON.stringify({ name: "empty-pack", version: "0.0.0", main: "index.js" }),
    "index.js": `const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("empty-pack", { policies: [] });
`,
  });
}

async function starts(rounds: number): Promise<string> {
  const measure = async () => {
    let running: RunningPack | undefined;
    const time = await seconds(async () => (running = await RunningPack.started()));
    running?.stop();
    return time;
  };
  const [start] = await inTurns([{ name: "start of the pack", measure }], rounds);
  if (!start) throw new Error("nothing was measured");
  return [seriesTable("seconds", [start]), verdict(start, startGoal)].join("\n\n");
}

/** The pack alone, on copies of what the dev stack has deployed. */
async function resources(dev: Engine, rounds: number): Promise<string> {
  const deployed = await deployedResources(dev);
  const running = await RunningPack.started();
  const judge = (size: number) => async () => {
    const copies = manyOf(deployed, size);
    return (1000 / size) * (await seconds(() => running.judge(copies)));
  };
  try {
    // Once unmeasured: V8 compiles what is run often.
    await judge(Math.max(...sizes))();
    const costs: Series[] = await inTurns(
      sizes.map((size) => ({ name: `${size} resources`, measure: judge(size) })),
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

/** A cluster and all that comes with it, without the operator, of which no stack has a second. */
async function deployedResources(dev: Engine): Promise<Registered[]> {
  const state = (await dev.exported()) as { deployment: { resources: Registered[] } };
  return state.deployment.resources
    .filter(({ urn }) => !urn.includes("Platform"))
    .map(
      (resource) =>
        ({ ...resource, inputs: revealed(resource.inputs ?? {}) as object }) as Registered,
    );
}

/** As many resources as wanted, copy by copy, each with names of its own. */
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
