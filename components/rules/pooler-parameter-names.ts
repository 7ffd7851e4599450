import { z } from "zod";
import { POOLER_PARAMETER_TYPES } from "./pooler-parameter-types";
import { maybe, rule } from "./rule";

export const poolerParameterNames = rule({
  name: "pooler-parameter-names",
  why: "CloudNativePG refuses PgBouncer parameters that it sets itself or does not know.",
  subject: z.object({ parameters: maybe(z.record(z.string(), z.unknown())) }),
  judge: ({ parameters = {} }) =>
    Object.keys(parameters)
      .filter((name) => !POOLER_PARAMETER_TYPES.has(name))
      .map((name) => ({
        path: `parameters.${name}`,
        value: parameters[name],
        reason: OPERATOR_OWN.has(name)
          ? "CloudNativePG sets it itself, and its webhook refuses the pooler"
          : "CloudNativePG lets no such PgBouncer parameter be set, and its webhook refuses the pooler",
        remedy:
          "Remove it; https://cloudnative-pg.io/docs/1.30/connection_pooling lists those that can be set",
      })),
});

/** Set by CloudNativePG in every pooler: `forcedPgBouncerParameters` of pkg/management/pgbouncer/config/config.go. */
const OPERATOR_OWN = new Set([
  "unix_socket_dir",
  "listen_port",
  "listen_addr",
  "admin_users",
  "auth_hba_file",
  "server_tls_ca_file",
  "client_tls_cert_file",
  "client_tls_key_file",
  "client_tls_ca_file",
  "pool_mode",
  "auth_user",
  "auth_query",
  "auth_dbname",
]);
