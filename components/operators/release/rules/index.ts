import { operatorChartSource } from "./chart-source";
import { operatorLeftAlone } from "./left-alone";
import { operatorNamespace } from "./namespace";

/** Rules for the components of all operators. */
export const operatorRules = [operatorLeftAlone, operatorNamespace, operatorChartSource];
