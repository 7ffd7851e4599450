import { rule } from "../../../../contract/rule";
import type { SourceParametersArgs } from "../../../recovery/args";

/**
 * Parameters of which a copy needs as much as its source has.
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
  why: "PostgreSQL replays no WAL with less room for connections, workers and locks than where it was written.",
  *check({ parameters, source }: Copied) {
    for (const name of STANDBY_PARAMETERS) {
      const [own, least] = [parameters[name], source?.parameters?.[name]];
      if (own === undefined || least === undefined || !(Number(own) < Number(least))) continue;
      yield {
        path: `parameters.${name}`,
        value: own,
        reason: `the source has ${least}, and PostgreSQL starts no copy of it with less`,
        remedy: `Use "${least}" or more, or leave it out for as many as the source has`,
      };
    }
  },
});
