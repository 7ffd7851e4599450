import { postgresPooler } from "../../../../../components/postgres/pooler/values";
import { POOLER_PARAMETER_TYPES } from "../../../../../components/postgres/pooler/rules/parameter-types";
import { describe as inWords } from "../../../../../components/contract/violation";

const refusalOf = (parameters: Record<string, string>) =>
  postgresPooler
    .validate("pooler", {
      namespace: "shop",
      cluster: "orders",
      poolMode: "session",
      maxConnections: 200,
      parameters,
    })
    .violations.map(inWords);

describe("PgBouncer would not start with", () => {
  test.each([
    ["query_timeout", "banana", "must be a number of seconds, or PgBouncer does not start"],
    ["query_timeout", "5s", "must be a number of seconds, or PgBouncer does not start"],
    ["server_lifetime", "-1", "must be a number of seconds, or PgBouncer does not start"],
    ["tcp_keepidle", "1m", "must be a whole number, or PgBouncer does not start"],
    ["max_packet_size", "1MB", "must be a whole number, or PgBouncer does not start"],
    ["log_connections", "on", "must be 0 or 1, or PgBouncer does not start"],
    ["server_tls_sslmode", "verify_full", "is not a valid value, and PgBouncer would not start"],
    ["auth_type", "kerberos", "is not a valid value, and PgBouncer would not start"],
    [
      "server_tls_protocols",
      "tlsv9",
      "must be protocols that PgBouncer knows, or it does not start",
    ],
    [
      "ignore_startup_parameters",
      "a\nadmin_users = b",
      "a line break would end the setting in pgbouncer.ini and begin another",
    ],
  ])("%s = %s", (name, value, reason) => {
    expect(refusalOf({ [name]: value })).toEqual([
      expect.stringContaining(`parameters.${name} = ${JSON.stringify(value)}: ${reason}. `),
    ]);
  });
});

test.each([
  ["query_timeout", "0"],
  ["query_timeout", "0.5"],
  ["tcp_user_timeout", "10000"],
  ["log_connections", "0"],
  ["server_tls_sslmode", "verify-full"],
  ["auth_type", "SCRAM-SHA-256"],
  ["server_tls_protocols", "tlsv1.2,tlsv1.3"],
  ["ignore_startup_parameters", "extra_float_digits, options"],
  ["server_reset_query", "DISCARD ALL"],
])("PgBouncer accepts %s = %s", (name, value) => {
  expect(refusalOf({ [name]: value })).toEqual([]);
});

test("no parameter for a count, a switch or a time accepts a word", () => {
  for (const [name, type] of POOLER_PARAMETER_TYPES) {
    if (type === "text") continue;
    expect([name, refusalOf({ [name]: "banana" }).length]).toEqual([name, 1]);
  }
});
