import { HBA_REMEDY } from "../../../components/postgres/cluster/rules/access/hba-tls-only";
import {
  type HbaRecord,
  parseHbaLine,
} from "../../../components/postgres/cluster/rules/access/pg-hba-line";
import { plainLogins } from "../../../components/postgres/cluster/rules/access/pg-hba-plain";
import {
  hasHbaSecret,
  hbaWeakness,
} from "../../../components/postgres/cluster/rules/access/pg-hba-weakness";
import type { Violation } from "../../../components/contract/violation";
import { specOf } from "../../resources/cluster";
import type { Part } from "../../engine/part";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const hbaEncrypted = resourceRule({
  name: "hba-encrypted",
  group: "security",
  description:
    "Every login over the network is encrypted and needs a secret that cannot be replayed.",
  why: "The operator's last line accepts plain logins, and trust, password, ident and md5 do not protect against anyone on the network.",
  remediation:
    "Begin spec.postgresql.pg_hba with `hostnossl all all all reject`, and write the other lines as `hostssl ... scram-sha-256`.",
  severity: "critical",
  level: "mandatory",
  link: "https://www.postgresql.org/docs/current/auth-pg-hba-conf.html",
  types: [CLUSTER],
  *check(cluster) {
    const postgresql = specOf(cluster).at("postgresql");
    const lines = postgresql.at("pg_hba");
    const records: (HbaRecord | undefined)[] = [];
    for (const line of lines.items) {
      const { record, refused } = readLine(line);
      records.push(record);
      if (refused) yield refused;
    }
    yield* ldapInTheClear(postgresql.at("ldap"));
    const own = postgresql.at("ldap").isSet ? [...OWN_LDAP, ...OWN] : OWN;
    const isPlain = new Set(plainLogins([...records, ...own]));
    yield* plainLines(lines.items, records, isPlain);
    if (!own.some((_, index) => isPlain.has(records.length + index))) return;
    yield hidden(
      lines,
      at(
        lines,
        "the operator ends the file with `host all all all scram-sha-256`, which also accepts logins without TLS",
        "Put `hostnossl all all all reject` first",
      ),
    );
  },
});

/** The lines that the operator adds after those of the Cluster: `pkg/postgres/configuration.go`. */
const OWN = recordsOf("host all all all scram-sha-256");
const OWN_LDAP = recordsOf("host all all 0.0.0.0/0 ldap ldapprefix=cn ldaptls=1");

function recordsOf(line: string): HbaRecord[] {
  const read = parseHbaLine(line);
  return read && "record" in read ? [read.record] : [];
}

/** The record of a line, if it can be read, and the violation of the line by itself. */
function readLine(line: Part): { record?: HbaRecord; refused?: Violation } {
  const read = parseHbaLine(line.text ?? "");
  if (read === undefined) return {};
  if ("problem" in read) {
    const reason = `${read.problem}, and PostgreSQL would not load the file`;
    return { refused: hidden(line, at(line, reason, HBA_REMEDY)) };
  }
  const { record } = read;
  const weakness = hbaWeakness(record);
  if (!weakness) return { record };
  return { record, refused: hidden(line, at(line, weakness.reason, weakness.remedy)) };
}

function* plainLines(
  lines: readonly Part[],
  records: readonly (HbaRecord | undefined)[],
  isPlain: ReadonlySet<number>,
): Generator<Violation> {
  for (const [index, line] of lines.entries()) {
    const record = records[index];
    // A weak method is reported already, with another line as the remedy.
    if (!record || !isPlain.has(index) || hbaWeakness(record)) continue;
    const isReplication = record.databases.some(({ text }) => text === "replication");
    const reason = `\`${record.type}\` allows clients without TLS`;
    yield hidden(
      line,
      at(
        line,
        isReplication
          ? `${reason}, and a line that rejects them for \`all\` does not include \`replication\``
          : reason,
        `Use \`hostssl\` instead of \`${record.type}\``,
      ),
    );
  }
}

/** The operator writes a line of pg_hba for `ldap`. */
function* ldapInTheClear(ldap: Part): Generator<Violation> {
  if (!ldap.isSet || ldap.at("scheme").text === "ldaps" || ldap.at("tls").flag === true) return;
  yield at(
    ldap.at("tls"),
    "passwords of clients are sent to the LDAP server unencrypted",
    "Set it to true, or scheme to ldaps",
  );
}

function hidden(part: Part, violation: Violation): Violation {
  const text = JSON.stringify(part.value) as string | undefined;
  return hasHbaSecret(text ?? "") ? { ...violation, value: "[not shown]" } : violation;
}
