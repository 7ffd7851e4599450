/**
 * A job that pg_cron runs, as the owner of its database, on whichever instance is the primary. Whenever the
 * list changes, all of it is brought to what is declared; jobs that somebody else has scheduled stay as they are.
 *
 * @see https://github.com/citusdata/pg_cron
 */
export interface ClusterCronJobArgs {
  /** Name, which no other job of the list has. In `cron.job` it is `ha-postgres:<name>`. */
  name: string;
  /**
   * When it runs: minute, hour, day, month and day of the week, `"0 3 * * *"`, in GMT unless the parameter `cron.timezone`
   * says otherwise; or an interval of 1 to 59 seconds, `"30 seconds"`. `$` is the last day of a month. As long as it runs,
   * it does not start again.
   */
  schedule: string;
  /**
   * What it runs: SQL, of which several statements are one transaction. It is in the stack's state, in a Job of Kubernetes
   * and in `cron.job`, so it must not contain a password.
   */
  sql: string;
  /**
   * Database that it runs in: the first one, or one of `databases`.
   *
   * @default - the first one
   */
  database?: string;
  /**
   * Whether it runs at all.
   *
   * @default true
   */
  active?: boolean;
}
