import { POOLER_PARAMETER_TYPES } from "./parameter-types";
import { rule } from "../../../contract/rule";

export const poolerParameterNames = rule({
  name: "pooler-parameter-names",
  why: "CloudNativePG refuses PgBouncer parameters that it sets itself or does not know.",
  *check({ parameters }: { parameters: Record<string, string> }) {
    for (const [name, value] of Object.entries(parameters)) {
      if (POOLER_PARAMETER_TYPES.has(name)) continue;
      yield {
        path: `parameters.${name}`,
        value,
        reason: OPERATOR_OWN.has(name)
          ? "is set by CloudNativePG, whose webhook refuses the pooler"
          : "is not a PgBouncer parameter that CloudNativePG allows, and its webhook refuses the pooler",
        remedy:
          "Remove it; https://cloudnative-pg.io/docs/1.30/connection_pooling lists those that can be set",
      };
    }
  },
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
