import { z } from "zod";
import { maybe, rule } from "./rule";
import type { Violation } from "./violation";

/** Those that count something: PgBouncer would not start with another value. */
const COUNTS = [
  "default_pool_size",
  "reserve_pool_size",
  "min_pool_size",
  "max_db_connections",
  "max_user_connections",
  "max_client_conn",
  "max_prepared_statements",
];

export const poolerParameterValues = rule({
  name: "pooler-parameter-values",
  why: "With a malformed setting PgBouncer does not start, with a contradictory one it serves nobody.",
  subject: z.object({
    parameters: maybe(z.record(z.string(), z.string())),
    poolMode: maybe(z.string()),
  }),
  judge: ({ parameters = {}, poolMode }) => {
    const violations: Violation[] = [];
    const refused = (name: string, reason: string, remedy: string) =>
      violations.push({ path: `parameters.${name}`, value: parameters[name], reason, remedy });
    for (const name of COUNTS) {
      const value = parameters[name];
      if (value !== undefined && !/^\d{1,7}$/.test(value)) {
        refused(
          name,
          "it is no count, and PgBouncer would not start",
          'Give a whole number in quotes, such as "20"',
        );
      }
    }
    if (Number(parameters["default_pool_size"] ?? 1) === 0) {
      refused(
        "default_pool_size",
        "without server connections every client waits for ever",
        'Use "1" or more',
      );
    }
    const minimum = Number(parameters["min_pool_size"] ?? 0);
    if (minimum > Number(parameters["default_pool_size"] ?? Number.POSITIVE_INFINITY)) {
      refused(
        "min_pool_size",
        "a pool cannot keep more connections open than default_pool_size lets it open",
        "Lower it",
      );
    }
    if (Number(parameters["max_client_conn"] ?? 1) === 0) {
      refused("max_client_conn", "PgBouncer would refuse every client", 'Use "1" or more');
    }
    if (poolMode === "transaction" && Number(parameters["max_prepared_statements"] ?? 1) === 0) {
      refused(
        "max_prepared_statements",
        "in transaction mode a driver's prepared statement would be missing on the next server connection",
        'Use "100" or more, or poolMode "session"',
      );
    }
    return violations;
  },
});
