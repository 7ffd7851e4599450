import { z } from "zod";
import { backupStoreSchema } from "../../backup/store-schema";
import { input, type Fields } from "../../contract/schema";
import type { ClusterReplicaArgs, ClusterReplicaSourceArgs } from "../cluster/args/replica";
import { serverName } from "../recovery/server-name";
import { connectionSchema } from "../replica/connection-schema";

/** The schema of the other cluster of a pair. */
export const replicaSchema = z.strictObject({
  enabled: z.boolean(),
  source: z.strictObject({
    store: backupStoreSchema,
    serverName: input(serverName),
  } satisfies Fields<ClusterReplicaSourceArgs>),
  connection: connectionSchema.optional(),
  promotionToken: input(z.string().min(1)).optional(),
  promoteWithoutToken: z.boolean().optional(),
} satisfies Fields<ClusterReplicaArgs>);
