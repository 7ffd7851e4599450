import { PoolMode, type PostgresPoolerArgs } from "../args";
import { POOLER_PARAMETER_TYPES, type PoolerParameterType } from "./parameter-types";
import { rule } from "../../../contract/rule";
import type { Refusal } from "../../../contract/schema";

type Settings = Partial<Pick<PostgresPoolerArgs, "parameters" | "poolMode">>;

export const poolerParameterValues = rule({
  name: "pooler-parameter-values",
  why: "With a malformed setting PgBouncer does not start, with a contradictory one it serves no client.",
  *check({ parameters = {}, poolMode }: Settings) {
    const refused = (name: string, reason: string, remedy: string) => ({
      path: `parameters.${name}`,
      value: parameters[name],
      reason,
      remedy,
    });
    for (const [name, value] of Object.entries(parameters)) {
      const refusal = typeRefusal(POOLER_PARAMETER_TYPES.get(name), value);
      if (refusal) yield refused(name, refusal.reason, refusal.remedy);
    }
    if (Number(parameters["default_pool_size"] ?? 1) === 0) {
      yield refused(
        "default_pool_size",
        "without server connections every client waits indefinitely",
        'Use "1" or more',
      );
    }
    const minimum = Number(parameters["min_pool_size"] ?? 0);
    if (minimum > Number(parameters["default_pool_size"] ?? Number.POSITIVE_INFINITY)) {
      yield refused(
        "min_pool_size",
        "exceeds default_pool_size, the most connections that a pool opens",
        "Lower it",
      );
    }
    if (Number(parameters["max_client_conn"] ?? 1) === 0) {
      yield refused("max_client_conn", "PgBouncer would refuse every client", 'Use "1" or more');
    }
    if (
      poolMode === PoolMode.Transaction &&
      Number(parameters["max_prepared_statements"] ?? 1) === 0
    ) {
      yield refused(
        "max_prepared_statements",
        "in transaction mode a driver's prepared statement would be missing on the next server connection",
        'Use "100" or more, or poolMode "session"',
      );
    }
  },
});

/** The reason why PgBouncer would not start with this value, or undefined. Another rule reports unknown parameters. */
function typeRefusal(type: PoolerParameterType | undefined, value: string): Refusal | undefined {
  switch (type) {
    case undefined:
    case "text":
      return undefined;
    case "count":
      return /^\d{1,10}$/.test(value) && Number(value) < 2 ** 31
        ? undefined
        : {
            reason: "must be a whole number, or PgBouncer does not start",
            remedy: 'Give a whole number in quotes, such as "20"',
          };
    case "switch":
      return /^[01]$/.test(value)
        ? undefined
        : {
            reason: "must be 0 or 1, or PgBouncer does not start",
            remedy: 'Use "0" or "1"',
          };
    case "seconds":
      return /^\d{1,10}(\.\d+)?$/.test(value)
        ? undefined
        : {
            reason: "must be a number of seconds, or PgBouncer does not start",
            remedy: 'Give seconds without a unit, such as "30" or "0.5"',
          };
    case "protocols":
      return value.split(",").every((name) => PROTOCOLS.includes(name.trim().toLowerCase()))
        ? undefined
        : {
            reason: "must be protocols that PgBouncer knows, or it does not start",
            remedy: 'Use "secure", or names such as "tlsv1.2,tlsv1.3"',
          };
    default:
      return type.includes(value.toLowerCase())
        ? undefined
        : {
            reason: "is not a value that PgBouncer accepts",
            remedy: `Use one of ${type.map((one) => `"${one}"`).join(", ")}`,
          };
  }
}

const PROTOCOLS = [
  "secure",
  "default",
  "all",
  "legacy",
  "tlsv1.0",
  "tlsv1.1",
  "tlsv1.2",
  "tlsv1.3",
];
