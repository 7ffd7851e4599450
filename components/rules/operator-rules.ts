import { operatorChartSource } from "./operator-chart-source";
import { operatorImageVersion } from "./operator-image-version";
import { operatorLeftAlone } from "./operator-left-alone";
import { operatorNamespace } from "./operator-namespace";
import type { Rule } from "./rule";

/** What every CloudNativePgOperator is held to. */
export const operatorRules: readonly Rule[] = [
  operatorLeftAlone,
  operatorNamespace,
  operatorChartSource,
  operatorImageVersion,
];
