import type { HbaRecord } from "./pg-hba-line";
import type { Refusal } from "../../../../contract/schema";

/** Methods that need no secret, or send or store one that can be used again by whoever sees it. */
const WEAK: Readonly<Record<string, string>> = {
  trust: "`trust` lets everybody in as anybody",
  password: "`password` sends the password itself to the server",
  md5: "`md5` hashes can be cracked, and be used as if they were the password",
  ident: "`ident` believes what the client's host says about its user",
};

/** What is wrong with how a line lets people in, whether over TLS or not. */
export function hbaWeakness({ method, options }: HbaRecord): Refusal | undefined {
  const weakness = Object.hasOwn(WEAK, method) ? WEAK[method] : undefined;
  if (weakness !== undefined) {
    return {
      reason: weakness,
      remedy: "Use scram-sha-256, or cert for clients with a certificate",
    };
  }
  if (options.has("ldapbindpasswd") || options.has("radiussecrets")) return SECRET;
  if (method !== "ldap" || isLdapEncrypted(options)) return undefined;
  return {
    reason: "the passwords of those who log in would go to the LDAP server in the clear",
    remedy: "Add ldaptls=1, or ldapscheme=ldaps",
  };
}

const SECRET: Refusal = {
  reason: "everybody who may look at the Cluster could read the password in it",
  remedy:
    "Use a method that needs none here, such as scram-sha-256, cert, or ldap with ldapprefix and ldapsuffix",
};

/** Whether a line has a password in it, as far as one can tell of one that PostgreSQL may not even load. */
export function hasHbaSecret(line: string): boolean {
  return /passw|secret/i.test(line);
}

function isLdapEncrypted(options: ReadonlyMap<string, string>): boolean {
  return (
    options.get("ldaptls") === "1" ||
    options.get("ldapscheme") === "ldaps" ||
    /^ldaps:/i.test(options.get("ldapurl") ?? "")
  );
}
