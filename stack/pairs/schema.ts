import { z } from "zod";
import { replicaSchema } from "../../components/postgres/demotion/schema";

const { source, connection } = replicaSchema.shape;

/** The other cluster of a pair, as a cluster of a stack declares it. */
export const pairSchema = replicaSchema.extend({
  cluster: z
    .string()
    .optional()
    .describe("Key of the other cluster in `replicas`. Either this, or `source`."),
  serverName: source.shape.serverName
    .optional()
    .describe(
      "Name of the archive of `cluster`: its `backupServerName` in the output `clusterEndpoints`. Default: that which " +
        "`backup.generation` of it makes; without one it is required, because a stack cannot know it beforehand.",
    ),
  source: source
    .optional()
    .describe(
      "Archive of the other cluster, if it is of another stack. Default: that of `cluster`.",
    ),
  connection: connection
    .unwrap()
    .or(z.literal(false))
    .optional()
    .describe(
      "Its connection to the other cluster; false for the archive alone. Default: to `cluster`, with the certificates of the " +
        "replicas; with `source` the archive alone.",
    ),
});

export type PairConfig = z.output<typeof pairSchema>;
