import { rule } from "../../../../contract/rule";
import type { SourceParametersArgs } from "../../../recovery/args";

/**
 * Parameters that must be at least as high in a copy as in its source.
 *
 * @see https://www.postgresql.org/docs/current/hot-standby.html#HOT-STANDBY-ADMIN
 */
export const STANDBY_PARAMETERS = [
  "max_connections",
  "max_worker_processes",
  "max_wal_senders",
  "max_prepared_transactions",
  "max_locks_per_transaction",
] as const;

interface Copied {
  parameters: Record<string, string>;
  source?: { parameters?: SourceParametersArgs };
}

export const sourceCapacity = rule({
  name: "source-capacity",
  why: "PostgreSQL does not replay WAL with less room for connections, workers and locks than its source had.",
  *check({ parameters, source }: Copied) {
    for (const name of STANDBY_PARAMETERS) {
      const [own, least] = [parameters[name], source?.parameters?.[name]];
      if (own === undefined || least === undefined || !(Number(own) < Number(least))) continue;
      yield {
        path: `parameters.${name}`,
        value: own,
        reason: `must be at least ${least}, as in the source: PostgreSQL does not start a copy with less`,
        remedy: `Use "${least}" or more, or remove it for as many as the source has`,
      };
    }
  },
});
