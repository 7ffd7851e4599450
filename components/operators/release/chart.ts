import { namesItsSource } from "./rules/chart-source";
import type { Mirror, OperatorChart } from "./args";

/** A chart of versions.ts: its repository is the address of a Helm repository or of a path in an OCI registry. */
export interface PinnedChart {
  readonly chart: string;
  readonly repository: string;
  readonly version: string;
}

/** Where Helm finds the chart, as a Release takes it: what the user says, else in the mirror, else upstream. */
export function chartLocation(
  pinned: PinnedChart,
  given: OperatorChart = {},
  mirror?: Mirror,
): { chart: string; version?: string; repositoryOpts?: { repo: string } } {
  const { chart = pinned.chart, version } = given;
  const exact = version ?? pinned.version;
  if (chart.startsWith("oci://")) return { chart, version: exact };
  // A file is of the version that it is of.
  if (namesItsSource(chart)) return { chart, ...(version !== undefined && { version }) };
  const repository = given.repository ?? mirror?.charts ?? pinned.repository;
  return repository.startsWith("oci://")
    ? { chart: `${repository}/${chart}`, version: exact }
    : { chart, version: exact, repositoryOpts: { repo: repository } };
}
