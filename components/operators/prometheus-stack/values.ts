import { contract } from "../../contract/contract";
import { operatorRules } from "../release/rules";
import type { PrometheusStackArgs } from "./args";
import { prometheusStackSchema } from "./schema";

/** Where the stack is unless the arguments say otherwise. */
export const PROMETHEUS_STACK_NAMESPACE = "monitoring";

/** How PrometheusStack accepts its arguments. */
export const prometheusStack = contract<PrometheusStackArgs>({
  component: "PrometheusStack",
  schema: prometheusStackSchema,
  rules: operatorRules,
});
