import type * as pulumi from "@pulumi/pulumi";
import { rolePart } from "../../../formats/role-objects";
import { createSqlJob } from "../../sql-job/sql-job";
import type { GrantingValues } from "../grants/grants";
import { kept } from "../../demotion/kept";
import { clusterMetadata } from "../metadata";
import { caSecretName, ownerSecretName, serviceHost } from "../names";
import { schedulersOf, type Scheduler } from "../rules/extensions/schedulers";
import { firstOwnerSql, otherOwnerSql } from "./sql";

/**
 * Keeps the jobs of pg_cron in step with their list, once the databases are there and their owners may do what the jobs do.
 * Each owner schedules for itself, one without a job too: it may have had some.
 */
export function createCronJobs(
  parent: pulumi.Resource,
  name: string,
  values: GrantingValues,
  dependsOn: pulumi.Resource[],
): void {
  const { clusterName, namespace, certificates, placement, image, labels, database } = values;
  if (values.cronJobs === undefined || image === undefined) return;
  const login = database.ownerSecret ?? ownerSecretName(clusterName);
  const [first, ...others] = schedulersOf(values, login);
  const schedule = (
    { loginSecret }: Scheduler,
    resource: string,
    sql: string,
    after: pulumi.Resource[],
  ) =>
    createSqlJob(
      parent,
      resource,
      {
        purpose: "cron",
        sql,
        target: {
          host: serviceHost(clusterName, "rw", namespace),
          database: database.name,
          loginSecret,
          caSecret: certificates.serverCaSecret ?? caSecretName(clusterName),
        },
        pod: {
          clusterName,
          labels,
          image,
          placement,
          imagePullSecrets: values.imagePullSecrets,
          spec: values.spec,
        },
        metadata: clusterMetadata(values, ""),
        ...kept(values),
      },
      after,
    );
  if (!first) return;
  const schedulers = others.flatMap(({ owner = "", jobs }) => (jobs.length > 0 ? [owner] : []));
  const set = schedule(first, `${name}-cron`, firstOwnerSql(first.jobs, schedulers), dependsOn);
  for (const other of others) {
    const resource = `${name}-cron-${rolePart(other.owner ?? "")}`;
    schedule(other, resource, otherOwnerSql(other.jobs), [...dependsOn, set]);
  }
}
