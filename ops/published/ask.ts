import type { Kubectl } from "./kubectl.ts";

/** Rows of a query, or PostgreSQL's error. */
export type Rows = { rows: string[][] } | { error: string };

/** Asks an instance in one of its databases. */
export type Ask = (database: string, sql: string) => Promise<Rows>;

/** No queried value contains one of these characters. */
const SEPARATOR = "\u001f";
const END_OF_ROW = "\u001e";

/**
 * Queries inside the pod of an instance, as the superuser unless a role is named. Settings are PostgreSQL's, for these
 * sessions alone.
 */
export function askPod(
  kubectl: Kubectl,
  { namespace, pod, role }: { namespace: string; pod: string; role?: string },
  settings: Record<string, string>,
  signal?: AbortSignal,
): Ask {
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  return async (database, sql) => {
    const { ok, output, error } = await kubectl(
      [
        "exec",
        pod,
        `--namespace=${namespace}`,
        "--container=postgres",
        "--",
        "env",
        `PGOPTIONS=${options.join(" ")}`,
        "PGCONNECT_TIMEOUT=10",
        "psql",
        "--no-psqlrc",
        "--tuples-only",
        "--no-align",
        "--quiet",
        `--field-separator=${SEPARATOR}`,
        `--record-separator=${END_OF_ROW}`,
        ...(role === undefined ? [] : [`--username=${role}`]),
        `--dbname=${connection(database)}`,
        `--command=${sql}`,
      ],
      signal && { signal },
    );
    if (!ok) return { error: reasonIn(error) };
    const rows = output === "" ? [] : output.split(END_OF_ROW);
    return { rows: rows.map((row) => row.split(SEPARATOR)) };
  };
}

/** A plain name that looks like a connection string would be parsed as one. */
function connection(database: string): string {
  return `dbname='${database.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** PostgreSQL's own words, without those of the programs in between. */
function reasonIn(error: string): string {
  const [first = ""] = error.split("\n");
  const line = error.split("\n").find((text) => /(ERROR|FATAL): /.test(text)) ?? first;
  return line.replace(/^.*?(ERROR|FATAL): +/, "");
}
