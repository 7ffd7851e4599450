import { z } from "zod";
import { maybe, rule } from "./rule";
import type { Refusal } from "./shape";

/** Methods that need no secret, or send or store one that can be used again by whoever sees it. */
const WEAK: Readonly<Record<string, string>> = {
  trust: "`trust` lets everybody in as anybody",
  password: "`password` sends the password itself to the server",
  md5: "`md5` hashes can be cracked, and be used as if they were the password",
  ident: "`ident` believes what the client's host says about its user",
};

const METHODS = [
  ...["reject", "scram-sha-256", "cert", "ldap", "radius", "gss", "sspi", "pam", "bsd", "oauth"],
  ...["peer", ...Object.keys(WEAK)],
];

export const hbaTlsOnly = rule({
  name: "hba-tls-only",
  why: "Every login over the network is encrypted, and no secret can be replayed.",
  subject: z.object({ pgHba: maybe(z.array(z.unknown())) }),
  judge: ({ pgHba = [] }) =>
    pgHba.flatMap((line, index) => {
      if (typeof line !== "string") return [];
      const refused = judgeLine(line);
      return refused ? [{ path: `pgHba[${index}]`, value: line, ...refused }] : [];
    }),
});

function judgeLine(line: string): Refusal | undefined {
  if (/[\r\n]/.test(line)) {
    return { reason: "it is more than one line", remedy: "Make each line an element of its own" };
  }
  if (line.includes("${")) {
    return {
      reason: "the operator would look for a pod selector, and this component declares none",
      remedy: "Write addresses, or limit clients by networkPolicy.clients",
    };
  }
  const fields = fieldsOf(line);
  const [type = "", database, , address] = fields;
  if (type === "" || type.startsWith("#")) return undefined;
  if (!/^(local|host|hostssl|hostnossl|hostgssenc|hostnogssenc)$/.test(type)) {
    return {
      reason: `a line begins with the type of the connection, and \`${type}\` is none`,
      remedy: "Write `hostssl <database> <user> <address> scram-sha-256`",
    };
  }
  const method = methodOf(type, fields);
  if (method === undefined || database === undefined || !METHODS.includes(method)) {
    return {
      reason: "it is no complete line of pg_hba.conf, and PostgreSQL would not load the file",
      remedy: "Write `hostssl <database> <user> <address> scram-sha-256`",
    };
  }
  const weakness = WEAK[method];
  if (weakness !== undefined) {
    return {
      reason: weakness,
      remedy: "Use scram-sha-256, or cert for clients with a certificate",
    };
  }
  if (type !== "local" && type !== "hostssl" && method !== "reject") {
    return {
      reason: `\`${type}\` also means connections without TLS, which are rejected before this line is read`,
      remedy: `Write \`hostssl\` in the place of \`${type}\` (${address ?? "address"} stays as it is)`,
    };
  }
  return undefined;
}

/** The fields of a line; what is in quotes is one field. */
function fieldsOf(line: string): string[] {
  return (line.trim().match(/(?:"[^"]*"|[^\s"])+/g) ?? []).map((field) => field.replace(/"/g, ""));
}

/** The method follows the address, and an address without a prefix length is followed by its mask. */
function methodOf(type: string, fields: string[]): string | undefined {
  if (type === "local") return fields[3];
  const [, , , address = "", next] = fields;
  const hasMask = /^[\d.]+$|^[\da-f:]*:[\da-f:.]*$/i.test(address);
  return hasMask ? fields[5] : next;
}
