import { z } from "zod";
import { maybe, rule } from "./rule";

/** What PgBouncer must not be talked into, and the least that it may be set to. */
const UNSAFE = [
  {
    name: "client_tls_sslmode",
    values: ["disable", "allow"],
    reason: "clients would send passwords and data in the clear",
    remedy: 'Use "require", or "prefer" while some client cannot speak TLS',
  },
  {
    name: "server_tls_sslmode",
    values: ["disable", "allow", "prefer", "require"],
    reason: "PgBouncer would pass its clients' logins on to a server that it does not verify",
    remedy: 'Use "verify-ca" or "verify-full"',
  },
  {
    name: "auth_type",
    values: ["any", "trust", "plain"],
    reason: "it lets clients in without a password, or takes it in the clear",
    remedy: 'Use "hba", CloudNativePG\'s own, or "scram-sha-256"',
  },
];

export const poolerEncryption = rule({
  name: "pooler-encryption",
  why: "The pooler is where clients log in, so it is held to what the cluster is held to.",
  subject: z.object({ parameters: maybe(z.record(z.string(), z.string())) }),
  judge: ({ parameters = {} }) =>
    UNSAFE.filter(({ name, values }) => values.includes(parameters[name] ?? "")).map(
      ({ name, reason, remedy }) => ({
        path: `parameters.${name}`,
        value: parameters[name],
        reason,
        remedy,
      }),
    ),
});
