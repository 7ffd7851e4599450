import { applicationOf } from "../../archive.ts";
import { askPod, type Ask } from "../../ask.ts";
import { quoted } from "../../identifiers.ts";
import type { Kubectl } from "../../kubectl.ts";
import type { Cluster } from "../../objects.ts";
import type { Range } from "./acknowledgements.ts";
import { READING } from "../instances.ts";
import { tableOf, type Writer } from "./writer.ts";

/** The schema of a drill, named by its random end. */
export function schemaOf(drill: string): string {
  return `ha_postgres_drill_${drill.slice(drill.lastIndexOf("-") + 1)}`;
}

/**
 * Creates the tables of a drill in a schema of its own. They belong to the superuser, so that nobody can attach code to them
 * that the superuser would run when they are read.
 */
export async function createTables(
  kubectl: Kubectl,
  {
    cluster,
    primary,
    schema,
    role,
  }: { cluster: Cluster; primary: string; schema: string; role: string },
  writers: readonly Writer[],
): Promise<void> {
  const statements = [
    "BEGIN",
    `CREATE SCHEMA ${schema}`,
    `GRANT USAGE ON SCHEMA ${schema} TO ${quoted(role)}`,
    ...writers.flatMap((writer) => {
      const table = tableOf(schema, writer);
      return [
        `CREATE TABLE ${table} (turn int, number bigint, PRIMARY KEY (turn, number))`,
        `GRANT INSERT, SELECT ON ${table} TO ${quoted(role)}`,
      ];
    }),
    "COMMIT",
  ];
  const answer = await askOf(kubectl, cluster, primary, { search_path: "pg_catalog" })(
    applicationOf(cluster).database,
    statements.join("; "),
  );
  if ("error" in answer)
    throw new Error(`the drill's tables could not be created: ${answer.error}`);
}

/** The numbers of one fault that are in a writer's table. @throws Error if the primary does not answer. */
export async function numbersIn(
  kubectl: Kubectl,
  { cluster, primary, schema }: { cluster: Cluster; primary: string; schema: string },
  writer: Writer,
  turn: number,
): Promise<Range[]> {
  const sql = `SELECT min(number), max(number) FROM (
    SELECT number, number - row_number() OVER (ORDER BY number) AS island
    FROM ${tableOf(schema, writer)} WHERE turn = ${turn}
  ) AS numbered GROUP BY island`;
  const answer = await askOf(
    kubectl,
    cluster,
    primary,
    READING,
  )(applicationOf(cluster).database, sql);
  if ("error" in answer)
    throw new Error(`the rows of ${writer.title} could not be read: ${answer.error}`);
  return answer.rows.map(([first, last]) => [Number(first), Number(last)] as const);
}

/** Drops a drill's schema. @returns undefined, or why it is there still. */
export async function dropTables(
  kubectl: Kubectl,
  {
    namespace,
    primary,
    schema,
    database,
  }: {
    namespace: string;
    primary: string;
    schema: string;
    database: string;
  },
): Promise<string | undefined> {
  // A name that was read from an object that anybody could have changed.
  if (!/^ha_postgres_drill_[a-z0-9]+$/.test(schema)) return `${schema} is not a schema of a drill`;
  const settings = {
    search_path: "pg_catalog",
    lock_timeout: "10s",
    client_min_messages: "warning",
  };
  const answer = await askPod(
    kubectl,
    { namespace, pod: primary },
    settings,
  )(database, `DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  return "error" in answer ? `schema ${schema} of ${database}: ${answer.error}` : undefined;
}

function askOf(
  kubectl: Kubectl,
  { metadata }: Cluster,
  pod: string,
  settings: Record<string, string>,
): Ask {
  return askPod(kubectl, { namespace: metadata.namespace, pod }, settings);
}

/** Publications of all tables, which would publish the drill's: a subscriber that lacks them stops. */
export const PUBLICATIONS =
  "SELECT pubname FROM pg_publication WHERE puballtables ORDER BY pubname";
