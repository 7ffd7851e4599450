import { contract } from "../../contract/contract";
import { operatorRules } from "../release/rules";
import type { CloudNativePgOperatorArgs } from "./args";
import { operatorImageVersion } from "./rules/operator-image-version";
import { cloudNativePgOperatorSchema } from "./schema";

/** Default namespace of the operator, as in upstream's documentation. */
export const CLOUDNATIVE_PG_NAMESPACE = "cnpg-system";

/** Label that the chart sets on the operator's pods, independent of the release's name. */
export const OPERATOR_POD_LABELS = { "app.kubernetes.io/name": "cloudnative-pg" };

/** Validates the arguments of CloudNativePgOperator. */
export const cloudNativePgOperator = contract<CloudNativePgOperatorArgs>({
  component: "CloudNativePgOperator",
  schema: cloudNativePgOperatorSchema,
  rules: [...operatorRules, operatorImageVersion],
});
