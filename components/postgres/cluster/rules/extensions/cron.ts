import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../../contract/rule";
import type { IsMalformed } from "../../../../contract/rule";
import type { Refusal } from "../../../../contract/schema";
import type { Violation } from "../../../../contract/violation";
import type { ClusterExtraDatabaseArgs } from "../../args/database";
import type { ClusterCronJobArgs } from "../../args/extensions";
import type { ClusterRoleArgs } from "../../args/role";
import { setsPassword } from "../database/sql-passwords";
import { ownerLogin, type GrantingCluster } from "../roles/granting";
import { PG_CRON } from "./schedulers";

export interface CronOfCluster {
  clusterName: string;
  /** A database that comes with its data brings the extension along, and lists none. */
  database?: { name: pulumi.Input<string>; owner: pulumi.Input<string>; extensions?: string[] };
  databases: Pick<ClusterExtraDatabaseArgs, "name" | "owner">[];
  roles: ClusterRoleArgs[];
  certificateUsers: string[];
  sharedPreloadLibraries: string[];
  parameters: Record<string, string>;
  cronJobs?: ClusterCronJobArgs[];
}

export const cronJobs = rule({
  name: "cron-jobs",
  why: "A job is scheduled by the owner of its database, in the first database, where pg_cron is.",
  *check(cluster: CronOfCluster, isMalformed) {
    yield* placeViolations(cluster, isMalformed);
    const { cronJobs: jobs, database } = cluster;
    if (jobs === undefined) return;
    yield* missingParts(cluster, isMalformed);
    const names = new Map<string, number>();
    yield* jobs.flatMap((job, index) => {
      const path = `cronJobs[${index}]`;
      const first = names.get(job.name);
      if (first === undefined) names.set(job.name, index);
      return [
        ...(first === undefined
          ? []
          : [{ path: `${path}.name`, value: job.name, ...twice(first) }]),
        ...(setsPassword(job.sql)
          ? [{ path: `${path}.sql`, value: "[not shown]", ...PASSWORD }]
          : []),
        ...(database === undefined || isMalformed("databases") || isMalformed("roles")
          ? []
          : ownerViolations(`${path}.database`, job, { ...cluster, database })),
      ];
    });
  },
});

/** The database in which pg_cron is, if it is loaded. */
function placeViolations(
  { database, sharedPreloadLibraries, parameters, cronJobs: jobs }: CronOfCluster,
  isMalformed: IsMalformed,
): Violation[] {
  if (!sharedPreloadLibraries.includes(PG_CRON) || isMalformed("database")) return [];
  const path = 'parameters["cron.database_name"]';
  const place = parameters["cron.database_name"];
  if (place === undefined) return [{ path, value: place, ...NO_PLACE }];
  const first = database?.name;
  const isExtension = database?.extensions?.includes(PG_CRON) === true;
  if (typeof first !== "string" || place === first || !(isExtension || jobs)) return [];
  return [
    {
      path,
      value: place,
      reason: `must be "${first}", the first database: pg_cron can be created nowhere else, and its owner sets the jobs`,
      remedy: "Remove it; jobs in other databases have their own `database`",
    },
  ];
}

function missingParts(
  { database, sharedPreloadLibraries, cronJobs: jobs }: CronOfCluster,
  isMalformed: IsMalformed,
): Violation[] {
  const value = "[not shown]";
  const isLoaded = sharedPreloadLibraries.includes(PG_CRON);
  const { extensions } = database ?? {};
  const isCreated = extensions?.includes(PG_CRON) ?? true;
  return [
    ...(isLoaded || isMalformed("sharedPreloadLibraries")
      ? []
      : [{ path: "cronJobs", value: jobs?.length === 0 ? jobs : value, ...NOT_LOADED }]),
    ...(isCreated || isMalformed("database")
      ? []
      : [{ path: "database.extensions", value: extensions, ...NOT_CREATED }]),
  ];
}

function ownerViolations(
  path: string,
  { database: named }: ClusterCronJobArgs,
  cluster: GrantingCluster,
): Violation[] {
  const { database, databases } = cluster;
  const other = named === database.name ? undefined : named;
  const [declared] = databases.filter(({ name }) => name === other);
  if (other !== undefined && !declared) return [{ path, value: named, ...UNDECLARED }];
  if (ownerLogin(cluster, "there", undefined) === undefined) {
    return [{ path, value: named, ...noLogin(database.owner, "first") }];
  }
  if (ownerLogin(cluster, "there", other) !== undefined) return [];
  return [{ path, value: named, ...noLogin(declared?.owner, "its") }];
}

function noLogin(owner: unknown, which: "first" | "its"): Refusal {
  const who = typeof owner === "string" ? `, "${owner}",` : "";
  return {
    reason:
      which === "its"
        ? `is a database whose owner${who} schedules its jobs and has no password that is known here`
        : `cannot have jobs: the owner of the first database${who} sets pg_cron up and has no password that is known here`,
    remedy:
      'Give the owner password: "generated" or a passwordSecret and take it out of certificateUsers, or schedule in a migration',
  };
}

function twice(first: number): Refusal {
  return { reason: `is the name of cronJobs[${first}]`, remedy: "Use another name" };
}

const NO_PLACE: Refusal = {
  reason: "must be set: the name of the first database is known only after a deployment",
  remedy: "Set it to the name of the database that pg_cron was created in",
};

const NOT_LOADED: Refusal = {
  reason: "are run by pg_cron, whose library is not loaded",
  remedy: 'Add "pg_cron" to sharedPreloadLibraries, with an image that has it',
};

const NOT_CREATED: Refusal = {
  reason: "must have pg_cron, which keeps the jobs",
  remedy: 'Add "pg_cron"; in a database that exists, a superuser creates it once',
};

const PASSWORD: Refusal = {
  reason: "sets a password, which anyone who may read the stack's state or cron.job could see",
  remedy: "Remove it",
};

const UNDECLARED: Refusal = {
  reason: "is not a declared database, so nobody is known who could schedule its jobs",
  remedy: "Declare it in databases, or remove it for the first database",
};
