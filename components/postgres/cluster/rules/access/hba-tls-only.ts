import { parseHbaLine } from "./pg-hba-line";
import { hasHbaSecret, hbaWeakness } from "./pg-hba-weakness";
import { rule } from "../../../../contract/rule";
import type { Refusal } from "../../../../contract/schema";

export const hbaTlsOnly = rule({
  name: "hba-tls-only",
  why: "Every login over the network is encrypted, and no secret can be replayed.",
  *check({ pgHba }: { pgHba: string[] }) {
    yield* pgHba.flatMap((line, index) => {
      const refused = lineRefusal(line);
      const value = hasHbaSecret(line) ? "[not shown]" : line;
      return refused ? [{ path: `pgHba[${index}]`, value, ...refused }] : [];
    });
  },
});

/** The remedy for a line that PostgreSQL cannot load, or loads as another one. */
export const HBA_REMEDY = "Write `hostssl <database> <user> <address> scram-sha-256`";

function lineRefusal(line: string): Refusal | undefined {
  if (/[\r\n]/.test(line)) {
    return { reason: "must be a single line", remedy: "Make each line a separate element" };
  }
  if (line.includes("${")) {
    return {
      reason: "refers to a pod selector, and this component declares none",
      remedy: "Write addresses, or limit clients by networkPolicy.clients",
    };
  }
  const read = parseHbaLine(line);
  if (read === undefined) return undefined;
  if ("problem" in read) {
    return {
      reason: `${read.problem}, and PostgreSQL would not load the file`,
      remedy: HBA_REMEDY,
    };
  }
  const { record } = read;
  const weakness = hbaWeakness(record);
  if (weakness) return weakness;
  const { type, method, address } = record;
  if (type === "local" || type === "hostssl" || method === "reject") return undefined;
  return {
    reason: `\`${type}\` also matches connections without TLS, which are rejected before this line is read`,
    remedy: `Write \`hostssl\` instead of \`${type}\` (${address?.text ?? "address"} stays as it is)`,
  };
}
