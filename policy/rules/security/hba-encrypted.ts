import { hbaTlsOnly } from "../../../components/rules/hba-tls-only";
import { specOf } from "../../cluster";
import type { Part } from "../../part";
import { at, resourceRule } from "../../rule";
import { CLUSTER } from "../../types";

export const hbaEncrypted = resourceRule({
  name: "hba-encrypted",
  group: "security",
  description:
    "Every login over the network is encrypted and needs a secret that cannot be replayed.",
  why: "trust, password, ident and md5 are as good as no password for whoever is on the network.",
  remediation: "Write lines of spec.postgresql.pg_hba as `hostssl ... scram-sha-256`.",
  severity: "critical",
  level: "mandatory",
  link: "https://www.postgresql.org/docs/current/auth-pg-hba-conf.html",
  types: [CLUSTER],
  *judge(cluster) {
    let isPlainRejected = false;
    for (const line of specOf(cluster).at("postgresql", "pg_hba").items) {
      const text = (line.text ?? "").trim();
      // The operator puts the addresses of pods there.
      const resolved = text.replace(/\$\{podselector:[^}]*\}/g, "samenet");
      const [type = ""] = resolved.split(/\s+/, 1);
      const encrypted = resolved.replace(/^(host|hostnossl|hostgssenc|hostnogssenc)\b/, "hostssl");
      const [weak] = hbaTlsOnly.check({ pgHba: [encrypted] });
      if (weak) yield at(line, weak.reason, weak.remedy);
      isPlainRejected ||= /^hostnossl\s+all\s+all\s+(all|0\.0\.0\.0\/0)\s+reject$/.test(resolved);
      if (isPlainRejected || weak) continue;
      yield* unencrypted(line, type, resolved);
    }
  },
});

function* unencrypted(line: Part, type: string, text: string) {
  if (!/^host(nossl|gssenc|nogssenc)?$/.test(type) || /\sreject$/.test(text)) return;
  yield at(
    line,
    `\`${type}\` lets clients in without TLS`,
    `Write \`hostssl\` in the place of \`${type}\``,
  );
}
