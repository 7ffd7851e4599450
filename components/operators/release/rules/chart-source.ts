import { rule } from "../../../contract/rule";
import type { OperatorChart } from "../args";

export const operatorChartSource = rule({
  name: "operator-chart-source",
  why: "Helm loads a chart either from a repository or from an address given as the chart's name.",
  *check({ chart: { chart, repository } = {} }: { chart?: OperatorChart }) {
    if (chart === undefined || repository === undefined || !namesItsSource(chart)) return;
    yield {
      path: "chart.repository",
      value: repository,
      reason: `the chart "${chart}" is an address already, but Helm would look for it in the repository`,
      remedy: "Remove the repository",
    };
  },
});

/** Whether a chart is an OCI address, a file or a folder, rather than a name in a repository. */
export function namesItsSource(chart: string): boolean {
  return /^oci:\/\/|^\.{0,2}\/|\.tgz$/.test(chart);
}
