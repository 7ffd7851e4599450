import { contract } from "../../contract/contract";
import { operatorRules } from "../release/rules";
import type { CloudNativePgOperatorArgs } from "./args";
import { operatorImageVersion } from "./rules/operator-image-version";
import { cloudNativePgOperatorSchema } from "./schema";

/** Where the operator is unless the arguments say otherwise: where upstream's documentation has it. */
export const CLOUDNATIVE_PG_NAMESPACE = "cnpg-system";

/** Label that the chart gives the operator's pods, whatever the release is called. */
export const OPERATOR_POD_LABELS = { "app.kubernetes.io/name": "cloudnative-pg" };

/** How CloudNativePgOperator accepts its arguments. */
export const cloudNativePgOperator = contract<CloudNativePgOperatorArgs>({
  component: "CloudNativePgOperator",
  schema: cloudNativePgOperatorSchema,
  rules: [...operatorRules, operatorImageVersion],
});
