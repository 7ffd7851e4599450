import { contract } from "../../contract/contract";
import { operatorRules } from "../release/rules";
import type { BarmanCloudPluginArgs } from "./args";
import { barmanCloudPluginNamespace } from "./rules/namespace";
import { barmanCloudPluginSchema } from "./schema";

/** Validates the arguments of BarmanCloudPlugin. */
export const barmanCloudPlugin = contract<BarmanCloudPluginArgs>({
  component: "BarmanCloudPlugin",
  schema: barmanCloudPluginSchema,
  rules: [...operatorRules, barmanCloudPluginNamespace],
});
