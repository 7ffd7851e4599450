import { contract } from "../../contract/contract";
import { operatorRules } from "../release/rules";
import type { PrometheusStackArgs } from "./args";
import { prometheusStackSchema } from "./schema";

/** Default namespace of the stack. */
export const PROMETHEUS_STACK_NAMESPACE = "monitoring";

/** Validates the arguments of PrometheusStack. */
export const prometheusStack = contract<PrometheusStackArgs>({
  component: "PrometheusStack",
  schema: prometheusStackSchema,
  rules: operatorRules,
});
