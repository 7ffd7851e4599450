import { namesItsSource } from "./rules/chart-source";
import type { Mirror, OperatorChart } from "./args";

/** A chart of versions.ts: its repository is the address of a Helm repository or of a path in an OCI registry. */
export interface PinnedChart {
  readonly chart: string;
  readonly repository: string;
  readonly version: string;
}

/** The chart's source, as arguments of a Release: the user's, else the mirror, else upstream. */
export function chartLocation(
  pinned: PinnedChart,
  given: OperatorChart = {},
  mirror?: Mirror,
): { chart: string; version?: string; repositoryOpts?: { repo: string } } {
  const { chart = pinned.chart, version } = given;
  const exact = version ?? pinned.version;
  if (chart.startsWith("oci://")) return { chart, version: exact };
  // A file has its own version.
  if (namesItsSource(chart)) return { chart, version };
  const repository = given.repository ?? mirror?.charts ?? pinned.repository;
  return repository.startsWith("oci://")
    ? { chart: `${repository}/${chart}`, version: exact }
    : { chart, version: exact, repositoryOpts: { repo: repository } };
}
