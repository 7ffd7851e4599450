import { z } from "zod";
import { objectName } from "../../formats/names";
import { operatorArgs } from "../release/schema";
import { input, type Fields } from "../../contract/schema";
import { computeSize } from "../../formats/workload";
import type { CertManagerArgs } from "./args";

/** The schema of CertManagerArgs. */
export const certManagerSchema = z.strictObject({
  ...operatorArgs,
  // One replica is enough for tests; more than five would only wait for the leader.
  replicas: z.int().min(1).max(5).optional(),
  resources: computeSize.optional(),
  priorityClassName: input(objectName).optional(),
  startupApiCheck: z.boolean().optional(),
} satisfies Fields<CertManagerArgs>);
