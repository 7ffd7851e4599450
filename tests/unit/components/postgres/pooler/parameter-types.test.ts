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
    ["query_timeout", "banana", "it is no number of seconds, and PgBouncer would not start"],
    ["query_timeout", "5s", "it is no number of seconds, and PgBouncer would not start"],
    ["server_lifetime", "-1", "it is no number of seconds, and PgBouncer would not start"],
    ["tcp_keepidle", "1m", "it is no count, and PgBouncer would not start"],
    ["max_packet_size", "1MB", "it is no count, and PgBouncer would not start"],
    ["log_connections", "on", "it is neither 0 nor 1, and PgBouncer would not start"],
    ["server_tls_sslmode", "verify_full", "PgBouncer does not know it, and would not start"],
    ["auth_type", "kerberos", "PgBouncer does not know it, and would not start"],
    ["server_tls_protocols", "tlsv9", "PgBouncer knows no such protocols, and would not start"],
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
])("PgBouncer takes %s = %s", (name, value) => {
  expect(refusalOf({ [name]: value })).toEqual([]);
});

test("no parameter that counts, switches or waits takes a word", () => {
  for (const [name, type] of POOLER_PARAMETER_TYPES) {
    if (type === "text") continue;
    expect([name, refusalOf({ [name]: "banana" }).length]).toEqual([name, 1]);
  }
});
