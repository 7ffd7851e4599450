import { z } from "zod";
import { copyFields } from "../cluster/schema";
import { duration, objectName } from "../../formats/names";
import { recoveredDatabaseSchema, sourceSchema } from "../recovery/schema";
import { input, refusal, type Fields } from "../../contract/schema";
import type { ReplicaClusterArgs, ReplicaConnectionArgs } from "./args";

const connection = z.strictObject({
  host: input(
    z.string().refine(
      (text) => /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(text),
      refusal({
        reason: "is not a valid host name",
        remedy: "Use hostRw of the source, or another name that its certificate contains",
      }),
    ),
  ),
  serverCaSecret: input(objectName),
  replicationTlsSecret: input(objectName),
  port: z.int().min(1).max(65_535).optional(),
} satisfies Fields<ReplicaConnectionArgs>);

/** The schema of ReplicaClusterArgs. */
export const replicaClusterSchema = z.strictObject({
  ...copyFields,
  source: sourceSchema,
  database: recoveredDatabaseSchema,
  connection: connection.optional(),
  minApplyDelay: duration.optional(),
  promote: z.boolean().optional(),
  promotionToken: input(z.string().min(1)).optional(),
  timeout: duration.optional(),
} satisfies Fields<ReplicaClusterArgs>);
