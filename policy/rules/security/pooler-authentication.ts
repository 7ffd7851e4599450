import { parseHbaLine } from "../../../components/postgres/cluster/rules/access/pg-hba-line";
import {
  hasHbaSecret,
  hbaWeakness,
} from "../../../components/postgres/cluster/rules/access/pg-hba-weakness";
import type { Violation } from "../../../components/contract/violation";
import { specOf } from "../../resources/cluster";
import type { Part } from "../../engine/part";
import { at, resourceRule } from "../../engine/rule";
import { POOLER } from "../../engine/types";

export const poolerAuthentication = resourceRule({
  name: "pooler-authentication",
  group: "security",
  description: "A Pooler's pg_hba lets nobody in without a secret.",
  why: "Whoever gets in without one may be anybody, PgBouncer's administrator included, and shut it down.",
  remediation:
    "Write lines of spec.pgbouncer.pg_hba as `hostssl ... scram-sha-256`, or remove them.",
  severity: "critical",
  level: "mandatory",
  link: "https://www.pgbouncer.org/config.html#hba-file-format",
  types: [POOLER],
  *judge(pooler) {
    for (const line of specOf(pooler).at("pgbouncer", "pg_hba").items) {
      const refused = judged(line);
      if (!refused) continue;
      yield hasHbaSecret(line.text ?? "") ? { ...refused, value: "[not shown]" } : refused;
    }
  },
});

function judged(line: Part): Violation | undefined {
  const read = parseHbaLine(line.text ?? "");
  if (read === undefined) return undefined;
  const remedy = "Write `hostssl <database> <user> <address> scram-sha-256`";
  if ("problem" in read)
    return at(line, `${read.problem}, and nobody can tell whom it lets in`, remedy);
  // PgBouncer reads md5 as scram-sha-256 where the password is kept so.
  const weakness = read.record.method === "md5" ? undefined : hbaWeakness(read.record);
  return weakness && at(line, weakness.reason, weakness.remedy);
}
