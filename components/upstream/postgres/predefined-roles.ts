/**
 * PostgreSQL's own roles that others can be members of, and the version that has them first. `pg_database_owner` is not
 * among them: its only member is the owner of the database.
 *
 * @see https://www.postgresql.org/docs/18/predefined-roles.html
 */
export const PREDEFINED_ROLES: ReadonlyMap<string, number> = new Map([
  ["pg_checkpoint", 15],
  ["pg_create_subscription", 16],
  ["pg_execute_server_program", 11],
  ["pg_maintain", 17],
  ["pg_monitor", 10],
  ["pg_read_all_data", 14],
  ["pg_read_all_settings", 10],
  ["pg_read_all_stats", 10],
  ["pg_read_server_files", 11],
  ["pg_signal_autovacuum_worker", 18],
  ["pg_signal_backend", 9],
  ["pg_stat_scan_tables", 10],
  ["pg_use_reserved_connections", 16],
  ["pg_write_all_data", 14],
  ["pg_write_server_files", 11],
]);
