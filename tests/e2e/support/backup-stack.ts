/** The stack of a cluster with backups, and of those that come from them. */
import { s3Client } from "./backups";
import { ownerAccess, query, through } from "./database";
import { databaseSize, operatorSize } from "./sizes";
import { onStack } from "./stack";

export interface Recovery {
  serverName?: string;
  target?: { time: string };
  backup: boolean;
}

interface Outputs {
  serverNames: Record<string, string>;
}

const size = { instances: 1, ...databaseSize };

/** The stack with these recoveries beside the source, once all of them serve. */
export async function deployed(
  recoveries: Record<string, Recovery>,
  replica?: { promote: boolean },
): Promise<Outputs> {
  const config = {
    "ha-postgres:platform": {
      cloudNativePg: operatorSize,
      certManager: {},
      barmanCloudPlugin: {},
    },
    "ha-postgres:clusters": { source: size },
    "ha-postgres:recoveries": recoveries,
    "ha-postgres:s3": s3Client(),
    ...(replica && { "ha-postgres:replica": replica }),
  };
  return onStack<Outputs>("backup", "up", config);
}

/** A query as the owner of the database, whose password is another one in each cluster, over TLS. */
export async function rows<Row>(
  cluster: string,
  sql: string,
  withPasswordOf = cluster,
): Promise<Row[]> {
  const { user, password } = await ownerAccess(withPasswordOf);
  const { ca } = await ownerAccess(cluster);
  return query<Row>(await through(`${cluster}-rw`, { user, password, ca }), sql);
}
