import type * as pulumi from "@pulumi/pulumi";
import type { ClusterCronJobArgs } from "../../args/extensions";
import { isFirstOwner, ownerLogin, type GrantingCluster } from "../roles/granting";

/** Name of pg_cron's library and of its extension. */
export const PG_CRON = "pg_cron";

/** A job with every default filled in. */
export interface CronJob {
  name: string;
  schedule: string;
  sql: string;
  /** Undefined for the first one. */
  database: string | undefined;
  active: boolean;
}

/** What of a cluster decides who schedules which job. */
export interface SchedulingCluster extends GrantingCluster {
  cronJobs?: readonly ClusterCronJobArgs[] | undefined;
}

/** An owner of databases, with its login and the jobs in them. */
export interface Scheduler {
  /** Undefined for that of the first one. */
  owner: string | undefined;
  loginSecret: pulumi.Input<string>;
  jobs: CronJob[];
}

/** The owners that can log in: that of the first database, in which pg_cron is, comes first. None without its login. */
export function schedulersOf(
  cluster: SchedulingCluster,
  firstSecret: pulumi.Input<string>,
): Scheduler[] {
  const { databases } = cluster;
  const login = ownerLogin(cluster, firstSecret, undefined);
  if (login === undefined) return [];
  const owners = new Map<string | undefined, Scheduler>([
    [undefined, { owner: undefined, loginSecret: login, jobs: jobsOf(cluster) }],
  ]);
  for (const { name, owner } of databases) {
    const loginSecret = ownerLogin(cluster, firstSecret, name);
    const other = otherOwner(cluster, owner);
    if (other === undefined || loginSecret === undefined || owners.has(other)) continue;
    owners.set(other, { owner: other, loginSecret, jobs: jobsOf(cluster, other) });
  }
  return [...owners.values()];
}

/** The owner of a database, undefined if it is that of the first one. */
function otherOwner(cluster: GrantingCluster, owner: string | undefined): string | undefined {
  return owner === undefined || isFirstOwner(cluster, owner) ? undefined : owner;
}

function jobsOf(cluster: SchedulingCluster, owner?: string): CronJob[] {
  const { cronJobs = [], databases } = cluster;
  return cronJobs.flatMap(({ name, schedule, sql, database: named, active = true }) => {
    const [declared] = databases.filter((other) => other.name === named);
    if (otherOwner(cluster, declared?.owner) !== owner) return [];
    return [{ name, schedule, sql, active, database: declared?.name }];
  });
}
