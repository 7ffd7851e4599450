import { Argument, Command, InvalidArgumentError } from "commander";
import type { Engine } from "../ops/engine/engine.ts";
import { deployedStack } from "../ops/status.ts";
import { type Target, targetOf } from "../ops/target.ts";
import { deployBench } from "./deploy.ts";
import { failoverBench } from "./failover.ts";
import { policyBench } from "./policy.ts";
import { previewBench } from "./preview.ts";
import { protectedBench } from "./protected.ts";
import { restoreBench } from "./restore.ts";
import { scaleBench } from "./scale.ts";

type Bench = (target: Target, deployed: Engine, rounds: number) => Promise<string>;

/**
 * Benchmarks with their default number of rounds (a deployment takes minutes, a preview seconds) and the stack that
 * they need.
 */
const benches: Readonly<Record<string, { bench: Bench; rounds: number; stack: string }>> = {
  preview: { bench: previewBench, rounds: 5, stack: "dev" },
  scale: { bench: (target, _, rounds) => scaleBench(target, rounds), rounds: 3, stack: "dev" },
  policy: { bench: policyBench, rounds: 3, stack: "dev" },
  failover: { bench: failoverBench, rounds: 3, stack: "dev" },
  deploy: { bench: deployBench, rounds: 2, stack: "dev" },
  protected: { bench: protectedBench, rounds: 2, stack: "recovery" },
  restore: { bench: restoreBench, rounds: 2, stack: "recovery" },
};

/** The benchmarks of one stack. The databases of two stacks would be in the same namespace. */
function benchesOf(stack: string): string[] {
  return Object.keys(benches).filter((name) => benches[name]?.stack === stack);
}

function roundCount(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError("It must be a number from 1 to 99.");
  return Number(text);
}

const cli = new Command("bench")
  .description(
    "Measures what the program costs, as ratios within one run, on the stack that `npm run up` has deployed to the " +
      `sandbox, and leaves it unchanged. On dev: ${benchesOf("dev").join(", ")}; on recovery: ${benchesOf("recovery").join(", ")}.`,
  )
  .addArgument(
    new Argument("[names...]", "which benchmarks")
      .choices(Object.keys(benches))
      .default(benchesOf("dev"), "all of dev"),
  )
  .option("--rounds <number>", "how often each is measured", roundCount)
  .action(async (names: string[], options: { rounds?: number }) => {
    const target = targetOf(undefined);
    for (const name of names) {
      const chosen = benches[name];
      if (!chosen) continue;
      const deployed = await deployedStack(target, chosen.stack);
      const report = await chosen.bench(target, deployed, options.rounds ?? chosen.rounds);
      process.stdout.write(`\n${report}\n`);
    }
  });

// Ctrl-C also reaches the program that is being measured, and its failure ends this one with its cleanup.
process.on("SIGINT", () => undefined);

cli.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
