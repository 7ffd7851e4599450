import { contract } from "../../contract/contract";
import { operatorRules } from "../release/rules";
import type { RookCephOperatorArgs } from "./args";
import { rookDriversChartSource } from "./rules/drivers-chart-source";
import { rookCephOperatorSchema } from "./schema";

/** Default namespace of Rook, as in upstream's documentation. */
export const ROOK_CEPH_NAMESPACE = "rook-ceph";

/** Validates the arguments of RookCephOperator. */
export const rookCephOperator = contract<RookCephOperatorArgs>({
  component: "RookCephOperator",
  schema: rookCephOperatorSchema,
  rules: [...operatorRules, rookDriversChartSource],
});
