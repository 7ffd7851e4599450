import { rule } from "../../../../contract/rule";
import type { Violation } from "../../../../contract/violation";
import { plainSql, type CreationSql } from "./schema-sql";

/** The limit of a ConfigMap, less the size of its names and wrapping. */
const MOST_BYTES = 1024 * 1024 - 16 * 1024;

export const schemaRuns = rule({
  name: "schema-runs",
  why: "The schema runs once, while the cluster is created; if it fails there, the cluster never comes up.",
  *check(schema: CreationSql) {
    const plain = plainSql(schema);
    const total = plain.reduce((sum, { sql }) => sum + Buffer.byteLength(sql), 0);
    if (total > MOST_BYTES) {
      const [first] = plain;
      yield {
        path: first && schema.initialSql?.length === 1 ? first.path : "database.schemaFiles",
        value: `${Math.ceil(total / 1024)} KiB of SQL`,
        reason: "exceeds the ConfigMap that it is stored in, which holds 1 MiB",
        remedy: "Keep the tables here and load data after the deployment",
      };
    }
    yield* plain.flatMap(psqlViolations);
  },
});

/** The parts of a schema that only psql understands: the server runs the text as it is and would fail. */
function psqlViolations({ path, sql }: { path: string; sql: string }): Violation[] {
  const lines = sql.split("\n");
  const command = lines.findIndex((line) => /^\\[a-z!?]/i.test(line));
  const copy = lines.findIndex((line) => /^\s*copy\s.*\sfrom\s+stdin\b/i.test(line));
  const refusals = [
    {
      line: command,
      reason: "is a command of psql, but the server runs this without psql",
      remedy: "Remove the lines that begin with a backslash (pg_dump writes some)",
    },
    {
      line: copy,
      reason: "COPY FROM stdin needs a client that sends the rows",
      remedy: "Write INSERT statements (pg_dump --inserts), or load data after the deployment",
    },
  ];
  return refusals.flatMap(({ line, ...refused }) =>
    line < 0 ? [] : [{ path, value: `line ${line + 1}: ${lines[line] ?? ""}`, ...refused }],
  );
}
