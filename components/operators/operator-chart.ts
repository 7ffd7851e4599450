import { namesItsSource } from "../rules/operator-chart-source";
import type { Mirror } from "./mirror";

/** Where an operator's Helm chart comes from. What is left out stays as this package pins it. */
export interface OperatorChart {
  /**
   * Name of the chart in the repository, or the address of the chart itself: `oci://registry.example/charts/cert-manager`,
   * a folder, or a `.tgz` file.
   *
   * @default - the chart's name upstream
   */
  chart?: string;
  /**
   * Address of a Helm repository, for a mirror of this one chart. Only with a chart name.
   *
   * @default - upstream's own repository
   */
  repository?: string;
  /**
   * Exact version of the chart. Another one brings another operator.
   *
   * @default - the version that this package was tested with, see versions.ts
   */
  version?: string;
}

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
