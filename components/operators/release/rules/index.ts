import { operatorChartSource } from "./chart-source";
import { operatorLeftAlone } from "./left-alone";
import { operatorNamespace } from "./namespace";

/** What the component of every operator is held to. */
export const operatorRules = [operatorLeftAlone, operatorNamespace, operatorChartSource];
