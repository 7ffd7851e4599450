import { Argument, Command, InvalidArgumentError } from "commander";
import type { Engine } from "../ops/engine.ts";
import { deployedStack } from "../ops/status.ts";
import { type Target, targetOf } from "../ops/target.ts";
import { deployBench } from "./deploy.ts";
import { previewBench } from "./preview.ts";
import { scaleBench } from "./scale.ts";

type Bench = (target: Target, dev: Engine, rounds: number) => Promise<string>;

/** Each benchmark and how many rounds are enough: a deployment takes minutes, a preview seconds. */
const benches: Readonly<Record<string, { bench: Bench; rounds: number }>> = {
  preview: { bench: previewBench, rounds: 5 },
  scale: { bench: (target, _, rounds) => scaleBench(target, rounds), rounds: 3 },
  deploy: { bench: deployBench, rounds: 2 },
};

function roundCount(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError("give a number from 1 to 99");
  return Number(text);
}

const cli = new Command("bench")
  .description(
    "Measures what the program costs, as ratios within one run, on the dev stack that `npm run up` has deployed to the " +
      "sandbox. It leaves that as it was.",
  )
  .addArgument(
    new Argument("[names...]", "which benchmarks")
      .choices(Object.keys(benches))
      .default(Object.keys(benches)),
  )
  .option("--rounds <number>", "how often each is measured", roundCount)
  .action(async (names: string[], options: { rounds?: number }) => {
    const target = targetOf(undefined);
    const dev = await deployedStack(target, "dev");
    for (const name of names) {
      const chosen = benches[name];
      if (!chosen) continue;
      const report = await chosen.bench(target, dev, options.rounds ?? chosen.rounds);
      process.stdout.write(`\n${report}\n`);
    }
  });

// A Ctrl-C reaches the program that is being measured as well, and its failure is what ends this one, tidily.
process.on("SIGINT", () => undefined);

cli.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
