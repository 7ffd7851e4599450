import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { createCronJobs } from "./cron/jobs";
import { createDatabases } from "./database";
import { createGrants, type GrantingValues } from "./grants/grants";
import { createRoles } from "./roles/roles";

/**
 * Creates what is in a cluster, once it serves: the roles, then the databases that they own, then what they may do, and what
 * is done for them by the clock.
 */
export function createContent(
  parent: pulumi.Resource,
  name: string,
  values: GrantingValues,
  cluster: k8s.apiextensions.CustomResource,
): void {
  const { database } = values;
  const roles = createRoles(parent, name, values, database.name, cluster);
  const databases = createDatabases(parent, name, values, database.owner, cluster, roles);
  const needed = [cluster, ...[...roles.values()].flat(), ...databases];
  createGrants(parent, name, values, needed);
  createCronJobs(parent, name, values, needed);
}
