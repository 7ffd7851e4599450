import { z } from "zod";
import { objectName } from "../../formats/names";
import { operatorArgs } from "../release/schema";
import { input, type Fields } from "../../contract/schema";
import { computeSize } from "../../formats/workload";
import type { BarmanCloudPluginArgs } from "./args";

/** The schema of BarmanCloudPluginArgs. */
export const barmanCloudPluginSchema = z.strictObject({
  ...operatorArgs,
  resources: computeSize.optional(),
  priorityClassName: input(objectName).optional(),
} satisfies Fields<BarmanCloudPluginArgs>);
