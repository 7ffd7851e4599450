import type { z } from "zod";
import { postgresPoolerSchema } from "../../components/postgres/pooler/schema";
import { databaseKey } from "../databases/schema";
import { monitoringOrNone } from "../monitoring/schema";

/** A pooler of a stack. */
export const poolerSchema = postgresPoolerSchema
  .omit({
    namespace: true,
    maxConnections: true,
    totalInstances: true,
    credentials: true,
    mirror: true,
  })
  .extend({
    cluster: databaseKey,
    databases: postgresPoolerSchema.shape.databases.describe(
      "Number of database and user pairs that connect through this pooler. Each has a separate pool in each pod. Default: " +
        "one for the owner, and one for each role with a generated password.",
    ),
    monitoring: monitoringOrNone(postgresPoolerSchema.shape.monitoring),
  });

export type PoolerConfig = z.output<typeof poolerSchema>;
