import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Target } from "../ops/target.ts";
import { table } from "../ops/published/table.ts";
import {
  type Series,
  flatVerdict,
  measureInTurns,
  median,
  seconds,
  seriesTable,
} from "./measure.ts";
import { configure, inScratchFolder, root, scratchProgram } from "./scratch.ts";

const sizes = [1, 10, 50, 100];

/** The program records its own peak memory, since it has ended before the system could be queried. */
export const manyClusters = `
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { PostgresCluster } from "${root}/components";

const count = new pulumi.Config().requireNumber("clusters");
for (let number = 1; number <= count; number++) {
  new PostgresCluster(\`bench-\${number}\`, { namespace: "default", storage: { size: "10Gi" } });
}

process.on("exit", () => {
  const [, peak = ""] = /^VmHWM:\\s+(\\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  writeFileSync(join(__dirname, "peak-memory"), peak);
});
`;

/** Measures the first preview of a program with many clusters, and its growth with their number. */
export async function scaleBench(target: Target, rounds: number): Promise<string> {
  return inScratchFolder(async (scratch) => {
    const { engine, folder } = await scratchProgram(target, scratch, {
      name: "many-clusters",
      project: "ha-postgres-bench",
      source: manyClusters,
      config: {},
    });
    const memory = new Map<number, number[]>(sizes.map((size) => [size, []]));
    const preview = async (size: number) => {
      await configure(target, engine, { "ha-postgres-bench:clusters": size });
      const time = await seconds(() => engine.runSilently("preview"));
      const kilobytes = Number(await readFile(join(folder, "peak-memory"), "utf8"));
      memory.get(size)?.push(kilobytes / 1024);
      return time;
    };
    await preview(1);
    memory.get(1)?.pop();
    const times = await measureInTurns(
      sizes.map((size) => ({ name: nameOf(size), measure: () => preview(size) })),
      rounds,
    );
    const peaks = sizes.map((size) => ({ name: nameOf(size), values: memory.get(size) ?? [] }));
    return [
      `the first pulumi preview of a program with many clusters, ${rounds} rounds`,
      seriesTable("seconds", times),
      costTable(times),
      seriesTable("MiB of the program's process at its peak", peaks, 0),
    ].join("\n\n");
  });
}

const nameOf = (size: number) => `${size} ${size === 1 ? "cluster" : "clusters"}`;

/** The cost of each further cluster, from one size to the next: while it does not rise, no size is too large. */
function costTable(times: readonly Series[]): string {
  const medians = times.map(({ values }) => median(values));
  const costs = sizes.slice(1).map((size, index) => {
    const more = size - (sizes[index] ?? 0);
    return ((medians[index + 1] ?? Number.NaN) - (medians[index] ?? Number.NaN)) / more;
  });
  const rows = costs.map((cost, index) => [
    `from ${sizes[index] ?? 0} to ${sizes[index + 1] ?? 0}`,
    (cost * 1000).toFixed(0),
  ]);
  return [table([["MILLISECONDS A FURTHER CLUSTER", "MEDIAN"], ...rows]), flatVerdict(costs)].join(
    "\n\n",
  );
}
