import { z } from "zod";
import { maybe, rule } from "./rule";

/**
 * Parameters of which a copy needs as much as its source has.
 *
 * Upstream: https://www.postgresql.org/docs/current/hot-standby.html#HOT-STANDBY-ADMIN
 */
export const STANDBY_PARAMETERS = [
  "max_connections",
  "max_worker_processes",
  "max_wal_senders",
  "max_prepared_transactions",
  "max_locks_per_transaction",
] as const;

export const sourceCapacity = rule({
  name: "source-capacity",
  why: "PostgreSQL replays no WAL with less room for connections, workers and locks than where it was written.",
  subject: z.object({
    parameters: maybe(z.record(z.string(), z.unknown())),
    source: maybe(z.object({ parameters: maybe(z.record(z.string(), z.unknown())) })),
  }),
  judge: ({ parameters = {}, source }) =>
    STANDBY_PARAMETERS.flatMap((name) => {
      const [own, least] = [parameters[name], source?.parameters?.[name]];
      if (typeof own !== "string" || typeof least !== "string") return [];
      if (!(Number(own) < Number(least))) return [];
      return [
        {
          path: `parameters.${name}`,
          value: own,
          reason: `the source has ${least}, and PostgreSQL starts no copy of it with less`,
          remedy: `Use "${least}" or more, or leave it out for as many as the source has`,
        },
      ];
    }),
});
