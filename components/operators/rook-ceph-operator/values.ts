import { contract } from "../../contract/contract";
import { operatorRules } from "../release/rules";
import type { RookCephOperatorArgs } from "./args";
import { rookDriversChartSource } from "./rules/drivers-chart-source";
import { rookCephOperatorSchema } from "./schema";

/** Where Rook is unless the arguments say otherwise: where upstream's documentation has it. */
export const ROOK_CEPH_NAMESPACE = "rook-ceph";

/** How RookCephOperator accepts its arguments. */
export const rookCephOperator = contract<RookCephOperatorArgs>({
  component: "RookCephOperator",
  schema: rookCephOperatorSchema,
  rules: [...operatorRules, rookDriversChartSource],
});
