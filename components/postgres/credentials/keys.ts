import * as pulumi from "@pulumi/pulumi";
import { POSTGRES_PORT } from "../../upstream/cloudnative-pg";

/** A login and the database that it connects to. */
export interface Login {
  username: pulumi.Input<string>;
  password: pulumi.Input<string>;
  database: pulumi.Input<string>;
}

/** Where a login connects to. */
export interface Endpoint {
  host: pulumi.Input<string>;
  /**
   * Whether drivers refuse a session that cannot write, as on an instance whose promotion is not finished. Not through
   * a pooler: PgBouncer tells every client what the first server connection of its pool said, however long ago.
   */
  readWrite: boolean;
}

/** Seconds for a connection: a lost node does not answer, and Linux tries for two minutes. */
const CONNECT_TIMEOUT = 5;

/** Seconds for a connection and its login, for a server that accepts connections and then does not answer. */
const LOGIN_TIMEOUT = 10;

/**
 * Parameters by which libpq finds out within ten seconds that the server's node is gone, whether it waits for an answer
 * or for an acknowledgement. On Linux `tcp_user_timeout`, in milliseconds, ends the probes of `keepalives`, too.
 *
 * @see https://www.postgresql.org/docs/18/libpq-connect.html#LIBPQ-PARAMKEYWORDS
 */
const LIBPQ = {
  connect_timeout: CONNECT_TIMEOUT,
  keepalives: 1,
  keepalives_idle: 5,
  keepalives_interval: 2,
  keepalives_count: 3,
  tcp_user_timeout: 10_000,
} as const;

/**
 * The same as far as pgjdbc can: Java has no `tcp_user_timeout`, and the times of keepalives are the system's.
 * `socketTimeout` is not among them, because it ends every query that takes longer.
 *
 * @see https://jdbc.postgresql.org/documentation/use/#connection-parameters
 */
const JDBC = {
  connectTimeout: CONNECT_TIMEOUT,
  loginTimeout: LOGIN_TIMEOUT,
  tcpKeepAlive: true,
} as const;

/**
 * The connection URI for every driver, which is why it has no parameter but `sslmode`: pgx sends those that it does not
 * know to the server, which refuses them, and asyncpg refuses them itself. `require` encrypts without verifying the
 * server: its certificate is from the cluster's own authority, which a URI cannot carry. A client that mounts `ca.crt`
 * of the CA Secret sets `sslmode=verify-full` and `sslrootcert` itself; node-postgres always verifies.
 */
export function connectionUri(login: Login, endpoint: Endpoint): pulumi.Output<string> {
  return secretOf(login, endpoint, (known) => postgresUri(known, {}));
}

/**
 * The keys of a Secret that applications mount or read into their environment. Those that CloudNativePG's own Secret
 * has, too, have its names.
 *
 * @see https://cloudnative-pg.io/docs/1.30/applications#secrets
 */
export function connectionKeys(
  login: Login,
  endpoint: Endpoint,
): Record<string, pulumi.Input<string>> {
  const { readWrite } = endpoint;
  return {
    username: login.username,
    password: login.password,
    host: endpoint.host,
    port: String(POSTGRES_PORT),
    dbname: login.database,
    uri: connectionUri(login, endpoint),
    "libpq-uri": secretOf(login, endpoint, (known) =>
      postgresUri(known, { ...LIBPQ, ...(readWrite && { target_session_attrs: "read-write" }) }),
    ),
    "jdbc-uri": secretOf(login, endpoint, (known) =>
      jdbcUri(known, { ...JDBC, ...(readWrite && { targetServerType: "primary" }) }),
    ),
    pgpass: secretOf(login, endpoint, passwordFile),
  };
}

interface Known {
  username: string;
  password: string;
  database: string;
  host: string;
}

type Parameters = Readonly<Record<string, string | number | boolean>>;

function secretOf(
  { username, password, database }: Login,
  { host }: Endpoint,
  text: (known: Known) => string,
): pulumi.Output<string> {
  return pulumi.secret(pulumi.output({ username, password, database, host }).apply(text));
}

function postgresUri({ username, password, database, host }: Known, more: Parameters): string {
  const login = [username, password].map(encodeURIComponent).join(":");
  const query = encoded({ sslmode: "require", ...more });
  return `postgresql://${login}@${host}:${POSTGRES_PORT}/${encodeURIComponent(database)}?${query}`;
}

function jdbcUri({ username, password, database, host }: Known, more: Parameters): string {
  const query = encoded({ user: username, password, sslmode: "require", ...more });
  return `jdbc:postgresql://${host}:${POSTGRES_PORT}/${encodeURIComponent(database)}?${query}`;
}

function encoded(parameters: Parameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
}

/** @see https://www.postgresql.org/docs/18/libpq-pgpass.html */
function passwordFile({ username, password, database, host }: Known): string {
  const fields = [host, String(POSTGRES_PORT), database, username, password];
  return `${fields.map((field) => field.replace(/[\\:]/g, "\\$&")).join(":")}\n`;
}
