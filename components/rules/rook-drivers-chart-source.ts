import { z } from "zod";
import { operatorChartSource } from "./operator-chart-source";
import { maybe, rule } from "./rule";

export const rookDriversChartSource = rule({
  name: "rook-drivers-chart-source",
  why: operatorChartSource.why,
  subject: z.object({ driversChart: maybe(z.unknown()) }),
  judge: ({ driversChart }) =>
    operatorChartSource.check({ chart: driversChart }).map((violation) => ({
      ...violation,
      path: violation.path.replace(/^chart\b/, "driversChart"),
    })),
});
