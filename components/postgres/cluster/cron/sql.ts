import { literal } from "../../sql-job/quoting";
import type { CronJob } from "../rules/extensions/schedulers";
import { cronGrants } from "./setup";

/** What the names of declared jobs begin with: others of the same role are somebody else's. */
const PREFIX = "ha-postgres:";

/**
 * SQL of the owner of pg_cron's database, in that database: it lets the owners of other databases schedule, and leaves
 * itself with exactly these jobs.
 */
export function firstOwnerSql(jobs: readonly CronJob[], schedulers: readonly string[]): string {
  return [
    "BEGIN;",
    IS_SET_UP,
    ...(schedulers.length > 0 ? cronGrants(schedulers) : []),
    ...statements(jobs),
    "COMMIT;",
  ].join("\n");
}

/** SQL of the owner of another database, in that of pg_cron. One who never had a job may not even look. */
export function otherOwnerSql(jobs: readonly CronJob[]): string {
  if (jobs.length > 0) return ["BEGIN;", ...statements(jobs), "COMMIT;"].join("\n");
  return [
    "SELECT has_schema_privilege('cron', 'USAGE') AS may \\gset",
    "\\if :may",
    ...statements(jobs),
    "\\endif",
  ].join("\n");
}

/** A database that exists is not set up by a deployment, which is no superuser. */
const IS_SET_UP = `DO $$ BEGIN
IF to_regnamespace('cron') IS NULL OR NOT coalesce(has_schema_privilege(to_regnamespace('cron'), 'USAGE WITH GRANT OPTION'), false) THEN
RAISE 'pg_cron is not set up in the database % for its owner', current_database() USING HINT = format('As superuser, in this database: CREATE EXTENSION IF NOT EXISTS pg_cron; ${cronGrants(
  ["NAME"],
  " WITH GRANT OPTION",
)
  .join(" ")
  .replaceAll('"NAME"', "%1$I")}', current_user);
END IF;
END $$;`;

function statements(jobs: readonly CronJob[]): string[] {
  const names = jobs.map(({ name }) => literal(PREFIX + name));
  const kept = names.length === 0 ? "" : ` AND jobname NOT IN (${names.join(", ")})`;
  return [
    `SELECT cron.unschedule(jobid) FROM cron.job WHERE username = current_user AND starts_with(jobname, ${literal(PREFIX)})${kept};`,
    ...jobs.flatMap((job) => [change(job), creation(job)]),
  ];
}

/** A job keeps its number, by which its runs are recorded. */
function change({ name, schedule, sql, database, active }: CronJob): string {
  const values = [literal(schedule), literal(sql), place(database)].join(", ");
  return `SELECT cron.alter_job(jobid, ${values}, NULL, ${String(active)}) FROM cron.job WHERE username = current_user AND jobname = ${literal(PREFIX + name)} AND (schedule, command, database, active) IS DISTINCT FROM (${values}, ${String(active)});`;
}

function creation({ name, schedule, sql, database, active }: CronJob): string {
  const jobname = literal(PREFIX + name);
  const values = [jobname, literal(schedule), literal(sql), place(database)].join(", ");
  return `SELECT cron.schedule_in_database(${values}, NULL, ${String(active)}) WHERE NOT EXISTS (SELECT FROM cron.job WHERE username = current_user AND jobname = ${jobname});`;
}

/** Of a copy the name of the first database may be an Output; it is the one in which this runs. */
function place(database: string | undefined): string {
  return database === undefined ? "current_database()" : literal(database);
}
