import { operatorChartSource } from "./operator-chart-source";
import { operatorLeftAlone } from "./operator-left-alone";
import { operatorNamespace } from "./operator-namespace";
import type { Rule } from "./rule";

/** What the component of every operator is held to. */
export const operatorRules: readonly Rule[] = [
  operatorLeftAlone,
  operatorNamespace,
  operatorChartSource,
];
