import { rule } from "../../../contract/rule";
import { operatorChartSource } from "../../release/rules/chart-source";
import type { RookCephOperatorArgs } from "../args";

export const rookDriversChartSource = rule({
  name: "rook-drivers-chart-source",
  why: operatorChartSource.why,
  check: ({ driversChart }: Pick<RookCephOperatorArgs, "driversChart">) =>
    operatorChartSource.check({ chart: driversChart }).map((violation) => ({
      ...violation,
      path: violation.path.replace(/^chart\b/, "driversChart"),
    })),
});
