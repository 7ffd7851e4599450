/** Names and ports that CloudNativePG fixes. */

/** PostgreSQL's port, named `postgresql` in its pods. */
export const POSTGRES_PORT = 5432;
/** The port of an instance's metrics, named `metrics`. */
export const POSTGRES_METRICS_PORT = 9187;
/** The port on which the operator asks an instance for its status, named `status`. */
export const STATUS_PORT = 8000;
/** PgBouncer's port, named `pgbouncer` in its pods. */
export const POOLER_PORT = 5432;
/** The port of a pooler's metrics, named `metrics`. */
export const POOLER_METRICS_PORT = 9127;

/** The role with which poolers look up their clients' passwords: the common name of their certificate. */
export const POOLER_ROLE = "cnpg_pooler_pgbouncer";

/** Endings of a cluster's Services: for reads and writes, for reads from replicas, and for reads from any instance. */
export const SERVICE_SUFFIXES = ["rw", "ro", "r"] as const;

/** Name of the Barman Cloud plugin, which archives WAL and takes backups. */
export const BARMAN_CLOUD = "barman-cloud.cloudnative-pg.io";
