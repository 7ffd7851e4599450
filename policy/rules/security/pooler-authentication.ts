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
  description: "A Pooler's pg_hba allows no client without a secret.",
  why: "A client without one can log in as any user, even as PgBouncer's administrator, and shut it down.",
  remediation:
    "Write lines of spec.pgbouncer.pg_hba as `hostssl ... scram-sha-256`, or remove them.",
  severity: "critical",
  level: "mandatory",
  link: "https://www.pgbouncer.org/config.html#hba-file-format",
  types: [POOLER],
  *check(pooler) {
    for (const line of specOf(pooler).at("pgbouncer", "pg_hba").items) {
      const refused = refusal(line);
      if (!refused) continue;
      yield hasHbaSecret(line.text ?? "") ? { ...refused, value: "[not shown]" } : refused;
    }
  },
});

function refusal(line: Part): Violation | undefined {
  const read = parseHbaLine(line.text ?? "");
  if (read === undefined) return undefined;
  const remedy = "Write `hostssl <database> <user> <address> scram-sha-256`";
  if ("problem" in read)
    return at(line, `${read.problem}, so it is unclear which clients it allows`, remedy);
  // PgBouncer uses scram-sha-256 for md5 if the password is stored that way.
  const weakness = read.record.method === "md5" ? undefined : hbaWeakness(read.record);
  return weakness && at(line, weakness.reason, weakness.remedy);
}
