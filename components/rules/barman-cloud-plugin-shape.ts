import { z } from "zod";
import { objectName } from "./formats";
import { operatorArgs } from "./operator-args-shape";
import { input } from "./shape";
import { computeSize } from "./workload-shape";

/** The shape of BarmanCloudPluginArgs, for the component and for stack configuration that is handed to it. */
export const barmanCloudPluginShape = z.strictObject({
  ...operatorArgs,
  resources: computeSize.optional(),
  priorityClassName: input(objectName).optional(),
});
