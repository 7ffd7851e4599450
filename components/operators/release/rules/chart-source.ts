import { rule } from "../../../contract/rule";
import type { OperatorChart } from "../args";

export const operatorChartSource = rule({
  name: "operator-chart-source",
  why: "Helm takes a chart either from a repository or from the address that the chart's name is.",
  *check({ chart: { chart, repository } = {} }: { chart?: OperatorChart }) {
    if (chart === undefined || repository === undefined || !namesItsSource(chart)) return;
    yield {
      path: "chart.repository",
      value: repository,
      reason: `the chart "${chart}" already says where it is, and Helm would look for it in the repository`,
      remedy: "Remove the repository",
    };
  },
});

/** Whether a chart is an OCI address, a file or a folder, rather than a name in a repository. */
export function namesItsSource(chart: string): boolean {
  return /^oci:\/\/|^\.{0,2}\/|\.tgz$/.test(chart);
}
