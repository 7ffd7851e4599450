import { z } from "zod";

/** Returns the schema of the monitoring of a part of the stack, which may have none. */
export function monitoringOrNone<Schema extends z.ZodType>(monitoring: z.ZodOptional<Schema>) {
  return monitoring
    .unwrap()
    .or(z.literal(false))
    .optional()
    .describe(
      "Its monitoring; false for none. Default: with all defaults if there is a `platform.prometheusStack`.",
    );
}
