import { table } from "../ops/published/table.ts";

/** Measurements of a contestant, in the order of the rounds. */
export interface Series {
  name: string;
  values: number[];
}

export interface Contestant {
  name: string;
  /** Takes one measurement, in seconds. */
  measure: () => Promise<number>;
}

/**
 * Measures all contestants once per round, A B A B: other load on the machine affects all of them, so that their ratios
 * are more reliable than their times.
 */
export async function measureInTurns(
  contestants: readonly Contestant[],
  rounds: number,
): Promise<Series[]> {
  const series = contestants.map(({ name }) => ({ name, values: [] as number[] }));
  for (let round = 1; round <= rounds; round++) {
    for (const [index, { name, measure }] of contestants.entries()) {
      process.stderr.write(`round ${round} of ${rounds}: ${name}\n`);
      series[index]?.values.push(await measure());
    }
  }
  return series;
}

export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Ratios of the first series to the second, round by round. */
export function ratios(first: Series, second: Series): Series {
  const values = first.values.map((value, round) => value / (second.values[round] ?? Number.NaN));
  return { name: `${first.name} / ${second.name}`, values };
}

/** The middle value, or the mean of the two middle values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const middle = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** A table with a row for each series. */
export function seriesTable(unit: string, series: readonly Series[], digits = 2): string {
  const rows = series.map(({ name, values }) => [
    name,
    ...[Math.min(...values), median(values), Math.max(...values)].map((n) => n.toFixed(digits)),
  ]);
  return table([[unit.toUpperCase(), "MIN", "MEDIAN", "MAX"], ...rows]);
}

/** Reports whether the median meets the goal. */
export function verdict({ values }: Series, goal: number): string {
  const is = median(values) <= goal ? "met" : "missed";
  return `goal: at most ${goal} in the median, ${is}`;
}

/** Medians of a few rounds differ by a tenth. */
const tolerance = 1.1;

/** Reports whether costs, from the smallest size to the largest, stay flat or fall. */
export function flatVerdict(costs: readonly number[]): string {
  const isFlat = costs.every(
    (cost, index) => cost <= Math.max(...costs.slice(0, Math.max(index, 1))) * tolerance,
  );
  return `goal: flat or falling, ${isFlat ? "met" : "missed"}`;
}
