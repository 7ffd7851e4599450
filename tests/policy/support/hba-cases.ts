import type { Case } from "./rules";

const HBA = "spec.postgresql.pg_hba";
const REJECT = "hostnossl all all all reject";
const TLS = "hostssl all all all scram-sha-256";

const OPEN =
  "the operator ends the file with `host all all all scram-sha-256`, which also accepts logins without TLS. Put `hostnossl all all all reject` first.";
const PLAIN = "allows clients without TLS";
const WRITE = "Use `hostssl` instead of `host`.";
const STRONG = "Use scram-sha-256, or cert for clients with a certificate.";
const LOAD =
  "and PostgreSQL would not load the file. Write `hostssl <database> <user> <address> scram-sha-256`.";
const SECRET =
  "contains a password, which anyone who may read the Cluster could see. Use a method that needs no password here, such as scram-sha-256, cert, or ldap with ldapprefix and ldapsuffix.";

/** Lines of pg_hba, with the messages for them. */
function lines(value: string[], ...says: string[]): Case {
  return { rule: "hba-encrypted", of: "main", path: HBA, value, says };
}

export const hbaCases: readonly Case[] = [
  { rule: "hba-encrypted", of: "main", path: HBA, says: [`${HBA} = (not set): ${OPEN}`] },
  lines([], `${HBA} = []: ${OPEN}`),
  lines([TLS], `${HBA} = ["${TLS}"]: ${OPEN}`),
  lines([REJECT, TLS]),
  lines(["# plain logins", "hostnossl  all  all  0.0.0.0/0  reject", "host all all ::/0 reject"]),
  lines(["hostssl all all all cert", "host all all 0.0.0.0/1 reject", "host all all all reject"]),
  lines(
    ["hostnossl all all 0.0.0.0/0 reject"],
    `${HBA} = ["hostnossl all all 0.0.0.0/0 reject"]: ${OPEN}`,
  ),
  lines(
    ["hostnossl all app all reject", TLS],
    `${HBA} = ["hostnossl all app all reject","${TLS}"]: ${OPEN}`,
  ),
  lines(
    ["host all all 10.0.0.0/8 scram-sha-256", REJECT],
    `${HBA}[0] = "host all all 10.0.0.0/8 scram-sha-256": \`host\` ${PLAIN}. ${WRITE}`,
  ),
  lines(
    ["hostnossl all all 0.0.0.0/0 reject", "host all all ::/0 scram-sha-256", REJECT],
    `${HBA}[1] = "host all all ::/0 scram-sha-256": \`host\` ${PLAIN}. ${WRITE}`,
  ),
  lines(
    [REJECT, "host replication all all scram-sha-256"],
    `${HBA}[1] = "host replication all all scram-sha-256": \`host\` ${PLAIN}, and a line that rejects them for \`all\` does not include \`replication\`. ${WRITE}`,
  ),
  lines([REJECT, "host all all 10.0.0.0/8 scram-sha-256"]),
  lines(["hostnossl all,replication all all reject", "host replication all all scram-sha-256"]),
  lines(
    ["host all all 0.0.0.0/0 md5", REJECT],
    `${HBA}[0] = "host all all 0.0.0.0/0 md5": \`md5\` hashes can be cracked, and used instead of the password. ${STRONG}`,
  ),
  lines(
    [REJECT, "hostssl all all all trust"],
    `${HBA}[1] = "hostssl all all all trust": \`trust\` allows any client to log in as any role. ${STRONG}`,
  ),
  lines([REJECT, "hostssl all all ${podselector:apps} scram-sha-256"]),
  lines(
    [REJECT, "hostssl all all all ldap ldapserver=a ldapprefix=cn="],
    `${HBA}[1] = "hostssl all all all ldap ldapserver=a ldapprefix=cn=": passwords would be sent to the LDAP server in the clear. Add ldaptls=1, or ldapscheme=ldaps.`,
  ),
  lines(
    [REJECT, 'hostssl all all all ldap ldapbasedn=a ldaptls=1 ldapbindpasswd="hunter2"'],
    `${HBA}[1] = "[not shown]": ${SECRET}`,
  ),
  lines(
    ['hostssl all all all radius radiusservers=a radiussecrets="hunter2"'],
    `${HBA}[0] = "[not shown]": ${SECRET}`,
    `${HBA} = "[not shown]": ${OPEN}`,
  ),
  lines(
    [REJECT, "hostssl all all 10.0.0.0/40 scram-sha-256"],
    `${HBA}[1] = "hostssl all all 10.0.0.0/40 scram-sha-256": \`10.0.0.0/40\` is not a valid network, ${LOAD}`,
  ),
  lines(
    [`${REJECT} \\`, TLS],
    `${HBA}[0] = "${REJECT} \\\\": ends with a backslash, by which PostgreSQL joins the next line to it, ${LOAD}`,
    `${HBA} = ["${REJECT} \\\\","${TLS}"]: ${OPEN}`,
  ),
  {
    rule: "hba-encrypted",
    of: "main",
    path: "spec.postgresql.ldap",
    value: {
      server: "ldap.example.com",
      scheme: "ldap",
      tls: false,
      bindAsAuth: { prefix: "cn=" },
    },
    says: [
      "spec.postgresql.ldap.tls = false: passwords of clients are sent to the LDAP server unencrypted. Set it to true, or scheme to ldaps.",
    ],
  },
  {
    rule: "hba-encrypted",
    of: "main",
    path: "spec.postgresql.ldap",
    value: { server: "ldap.example.com", scheme: "ldaps" },
    says: [],
  },
];
