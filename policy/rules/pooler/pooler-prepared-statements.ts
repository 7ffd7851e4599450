import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { POOLER } from "../../engine/types";

export const poolerPreparedStatements = resourceRule({
  name: "pooler-prepared-statements",
  group: "pooler",
  description: "A Pooler in transaction mode supports prepared statements.",
  why: "Most drivers prepare statements, and find them missing on the next server connection.",
  remediation: 'Set spec.pgbouncer.parameters.max_prepared_statements: "200".',
  severity: "medium",
  level: "advisory",
  link: "https://www.pgbouncer.org/config.html#max_prepared_statements",
  types: [POOLER],
  *check(pooler) {
    const pgbouncer = specOf(pooler).at("pgbouncer");
    if (pgbouncer.at("poolMode").text !== "transaction") return;
    const most = pgbouncer.at("parameters", "max_prepared_statements");
    // PgBouncer's own default is 200 since 1.24.
    if (most.scalar !== "0") return;
    yield at(
      most,
      "prepared statements are missing on the next server connection",
      'Remove it, or set it to "200"',
    );
  },
});
