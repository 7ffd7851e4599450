/** The type of a PgBouncer parameter. PgBouncer does not start with a value of another type. */
export type PoolerParameterType =
  | "count"
  /** 0 or 1: PgBouncer does not accept `on` and `off`. */
  | "switch"
  /** Seconds, also parts of one, without a unit. */
  | "seconds"
  | "text"
  | "protocols"
  | readonly string[];

const SSL_MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

/**
 * PgBouncer parameters that CloudNativePG 1.30 accepts, with the type of each in PgBouncer 1.25.
 *
 * @see `AllowedPgbouncerGenericConfigurationParameters` of internal/webhook/v1/pooler_webhook.go, and
 * https://www.pgbouncer.org/config.html with the table `bouncer_params` of its src/main.c
 */
export const POOLER_PARAMETER_TYPES: ReadonlyMap<string, PoolerParameterType> = new Map<
  string,
  PoolerParameterType
>([
  ["application_name_add_host", "switch"],
  ["auth_type", ["any", "trust", "plain", "md5", "cert", "hba", "ldap", "pam", "scram-sha-256"]],
  ["autodb_idle_timeout", "seconds"],
  ["cancel_wait_timeout", "seconds"],
  ["client_idle_timeout", "seconds"],
  ["client_login_timeout", "seconds"],
  ["client_tls_ciphers", "text"],
  ["client_tls_sslmode", SSL_MODES],
  ["client_tls13_ciphers", "text"],
  ["default_pool_size", "count"],
  ["disable_pqexec", "switch"],
  ["dns_max_ttl", "seconds"],
  ["dns_nxdomain_ttl", "seconds"],
  ["idle_transaction_timeout", "seconds"],
  ["ignore_startup_parameters", "text"],
  ["listen_backlog", "count"],
  ["log_connections", "switch"],
  ["log_disconnections", "switch"],
  ["log_pooler_errors", "switch"],
  ["log_stats", "switch"],
  ["max_client_conn", "count"],
  ["max_db_connections", "count"],
  ["max_packet_size", "count"],
  ["max_prepared_statements", "count"],
  ["max_user_connections", "count"],
  ["min_pool_size", "count"],
  ["pkt_buf", "count"],
  ["query_timeout", "seconds"],
  ["query_wait_timeout", "seconds"],
  ["reserve_pool_size", "count"],
  ["reserve_pool_timeout", "seconds"],
  ["sbuf_loopcnt", "count"],
  ["server_check_delay", "seconds"],
  ["server_check_query", "text"],
  ["server_connect_timeout", "seconds"],
  ["server_fast_close", "switch"],
  ["server_idle_timeout", "seconds"],
  ["server_lifetime", "seconds"],
  ["server_login_retry", "seconds"],
  ["server_reset_query", "text"],
  ["server_reset_query_always", "switch"],
  ["server_round_robin", "switch"],
  ["server_tls_ciphers", "text"],
  ["server_tls13_ciphers", "text"],
  ["server_tls_protocols", "protocols"],
  ["server_tls_sslmode", SSL_MODES],
  ["stats_period", "count"],
  ["suspend_timeout", "seconds"],
  ["tcp_defer_accept", "count"],
  ["tcp_socket_buffer", "count"],
  ["tcp_keepalive", "switch"],
  ["tcp_keepcnt", "count"],
  ["tcp_keepidle", "count"],
  ["tcp_keepintvl", "count"],
  ["tcp_user_timeout", "count"],
  ["track_extra_parameters", "text"],
  ["verbose", "count"],
]);
