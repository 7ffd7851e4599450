import { z } from "zod";
import { copyFields } from "../cluster/schema";
import { duration } from "../../formats/names";
import { recoveredDatabaseSchema, sourceSchema } from "../recovery/schema";
import { input, type Fields } from "../../contract/schema";
import type { ReplicaClusterArgs } from "./args";
import { connectionSchema } from "./connection-schema";

/** The schema of ReplicaClusterArgs. */
export const replicaClusterSchema = z.strictObject({
  ...copyFields,
  source: sourceSchema,
  database: recoveredDatabaseSchema,
  connection: connectionSchema.optional(),
  minApplyDelay: duration.optional(),
  promote: z.boolean().optional(),
  promotionToken: input(z.string().min(1)).optional(),
  promoteWithoutToken: z.boolean().optional(),
  timeout: duration.optional(),
} satisfies Fields<ReplicaClusterArgs>);
