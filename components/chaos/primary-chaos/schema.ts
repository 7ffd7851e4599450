import { z } from "zod";
import { duration, namespaceName, objectName } from "../../formats/names";
import { parseDuration } from "../../formats/durations";
import { input, refusal, type Fields } from "../../contract/schema";
import { PrimaryFault, type PrimaryChaosArgs } from "./args";

/** A delay of packets or of accesses to a disk. */
const delay = z.string().refine(
  (text) => {
    const seconds = parseDuration(text) ?? 0;
    return seconds >= 0.001 && seconds <= 10;
  },
  refusal({
    reason: "must be a delay of 1 ms to 10 s: with a longer one it is a partition",
    remedy: 'Write it as "100ms" or "2s"',
  }),
);

/** The schema of PrimaryChaosArgs. */
export const primaryChaosSchema = z.strictObject({
  namespace: input(namespaceName),
  cluster: input(objectName),
  lasts: duration,
  chaosName: z.string().optional(),
  fault: z.enum(PrimaryFault).optional(),
  every: duration.optional(),
  duration: duration.optional(),
  delay: delay.optional(),
  paused: z.boolean().optional(),
} satisfies Fields<PrimaryChaosArgs>);
