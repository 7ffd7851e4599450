import type { HbaRecord } from "./pg-hba-line";
import type { Refusal } from "../../../../contract/schema";

/** Methods that need no secret, or send or store one that anyone who sees it can use again. */
const WEAK: ReadonlyMap<string, string> = new Map(
  Object.entries({
    trust: "`trust` allows any client to log in as any role",
    password: "`password` sends the password itself to the server",
    md5: "`md5` hashes can be cracked, and used instead of the password",
    ident: "`ident` trusts the user name that the client's host reports",
  }),
);

/** The weakness of a line's logins, whether over TLS or not; undefined if there is none. */
export function hbaWeakness({ method, options }: HbaRecord): Refusal | undefined {
  const weakness = WEAK.get(method);
  if (weakness !== undefined) {
    return {
      reason: weakness,
      remedy: "Use scram-sha-256, or cert for clients with a certificate",
    };
  }
  if (options.has("ldapbindpasswd") || options.has("radiussecrets")) return SECRET;
  if (method !== "ldap" || isLdapEncrypted(options)) return undefined;
  return {
    reason: "passwords would be sent to the LDAP server in the clear",
    remedy: "Add ldaptls=1, or ldapscheme=ldaps",
  };
}

const SECRET: Refusal = {
  reason: "contains a password, which anyone who may read the Cluster could see",
  remedy:
    "Use a method that needs no password here, such as scram-sha-256, cert, or ldap with ldapprefix and ldapsuffix",
};

/** Whether a line may contain a password, even one that PostgreSQL cannot load. */
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
