import { quoted } from "../../sql-job/quoting";

const FUNCTIONS =
  "cron.schedule_in_database(text, text, text, text, text, boolean), cron.alter_job(bigint, text, text, text, text, boolean)";

/**
 * SQL by which roles may schedule jobs. pg_cron runs them with the rights of whoever has scheduled them, and nobody but a
 * superuser can schedule one for somebody else: so no role gets more than it has.
 */
export function cronGrants(roles: readonly string[], suffix = ""): string[] {
  const to = roles.map(quoted).join(", ");
  return [
    `GRANT USAGE ON SCHEMA cron TO ${to}${suffix};`,
    `GRANT EXECUTE ON FUNCTION ${FUNCTIONS} TO ${to}${suffix};`,
  ];
}

/** SQL of the superuser that sets pg_cron up for the owner of its database, who lets the owners of others schedule, too. */
export function cronSetup(owner: string): string[] {
  return cronGrants([owner], " WITH GRANT OPTION");
}
