import { z } from "zod";
import { clusterShape, existingNames } from "./cluster-shape";
import { duration, objectName } from "./formats";
import { recoveredDatabaseShape, sourceShape } from "./recovery-shape";
import { input, refusal } from "./shape";

const connection = z.strictObject({
  host: input(
    z.string().refine(
      (text) => /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(text),
      refusal({
        reason: "it is no host name",
        remedy: "Use hostRw of the source, or another name that its certificate holds",
      }),
    ),
  ),
  serverCaSecret: input(objectName),
  replicationTlsSecret: input(objectName),
  port: z.int().min(1).max(65_535).optional(),
});

/** The shape of ReplicaClusterArgs. */
export const replicaClusterShape = clusterShape.extend({
  ...existingNames,
  source: sourceShape,
  database: recoveredDatabaseShape,
  connection: connection.optional(),
  minApplyDelay: duration.optional(),
  promote: z.boolean().optional(),
  promotionToken: input(z.string().min(1)).optional(),
  timeout: duration.optional(),
});
