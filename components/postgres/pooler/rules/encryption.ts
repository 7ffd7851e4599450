import { rule } from "../../../contract/rule";
import type { Refusal } from "../../../contract/schema";
import { hasWeakCipher } from "../../../formats/ciphers";

/** Settings with unsafe values. PgBouncer ignores case and blanks around a value. */
const GUARDED = [
  {
    name: "client_tls_sslmode",
    safe: ["prefer", "require", "verify-ca", "verify-full"],
    unsafe: ["disable", "allow"],
    reason: "clients would send passwords and data in the clear",
    remedy: 'Use "require", or "prefer" while some client cannot speak TLS',
  },
  {
    name: "server_tls_sslmode",
    safe: ["verify-ca", "verify-full"],
    unsafe: ["disable", "allow", "prefer", "require"],
    reason: "PgBouncer would pass its clients' logins on to a server that it does not verify",
    remedy: 'Use "verify-ca" or "verify-full"',
  },
  {
    name: "auth_type",
    safe: ["hba", "scram-sha-256", "md5", "cert", "pam"],
    unsafe: ["any", "trust", "plain"],
    reason: "allows clients without a password, or accepts it in the clear",
    remedy: 'Use "hba", CloudNativePG\'s default, or "scram-sha-256"',
  },
] as const;

const CIPHERS: readonly string[] = [
  "client_tls_ciphers",
  "client_tls13_ciphers",
  "server_tls_ciphers",
  "server_tls13_ciphers",
];

export const poolerEncryption = rule({
  name: "pooler-encryption",
  why: "Clients log in to the pooler, so it must meet the same requirements as the cluster.",
  *check({ parameters }: { parameters: Record<string, string> }) {
    for (const [name, value] of Object.entries(parameters)) {
      const refused = safetyRefusal(name, value);
      if (refused) yield { path: `parameters.${name}`, value, ...refused };
    }
  },
});

function safetyRefusal(name: string, value: string): Refusal | undefined {
  if (/[\r\n\0]/.test(value)) {
    return {
      reason: "a line break would end the setting in pgbouncer.ini and begin another",
      remedy: "Write the value in one line",
    };
  }
  const read = value.trim().toLowerCase();
  const guarded = GUARDED.find((one) => one.name === name.trim().toLowerCase());
  if (guarded) {
    const { safe, unsafe, reason, remedy } = guarded;
    if ((unsafe as readonly string[]).includes(read)) return { reason, remedy };
    if ((safe as readonly string[]).includes(read)) return undefined;
    return { reason: "is not a valid value, and PgBouncer would not start", remedy };
  }
  if (!CIPHERS.includes(name) || !hasWeakCipher(value)) return undefined;
  return {
    reason: "allows connections that are not encrypted, or not authenticated",
    remedy: "Remove it; PgBouncer's default is secure",
  };
}
