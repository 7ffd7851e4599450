import * as pulumi from "@pulumi/pulumi";
import { createSqlJob } from "../../sql-job/sql-job";
import { kept, type KeptValues } from "../../demotion/kept";
import { databaseObjectName } from "../rules/database/databases-distinct";
import { clusterMetadata } from "../metadata";
import { caSecretName, ownerSecretName, serviceHost } from "../names";
import type { CommonValues } from "../values-common";
import {
  grantedRoles,
  grantsIn,
  ownerLogin,
  type GrantedRole,
  type GrantingCluster,
} from "../rules/roles/granting";
import { grantsSql } from "./sql";

/** A cluster, and the database in it that its first owner owns. */
export type GrantingValues = CommonValues &
  KeptValues & {
    database: GrantingCluster["database"] & { ownerSecret?: pulumi.Input<string> | undefined };
  };

/**
 * Grants what the roles have declared, once they and the databases are there, in each database in which somebody can. A
 * database without a grant is among them: it may have had some.
 */
export function createGrants(
  parent: pulumi.Resource,
  name: string,
  values: GrantingValues,
  dependsOn: pulumi.Resource[],
): void {
  const roles = grantedRoles(values.roles);
  const { clusterName, namespace, certificates, placement, image, labels, database } = values;
  const { imagePullSecrets } = values;
  if (roles.length === 0 || image === undefined) return;
  const firstSecret = database.ownerSecret ?? ownerSecretName(clusterName);
  for (const other of [undefined, ...values.databases.map((declared) => declared.name)]) {
    const loginSecret = ownerLogin(values, firstSecret, other);
    if (loginSecret === undefined) continue;
    createSqlJob(
      parent,
      other === undefined ? `${name}-grants` : `${name}-grants-${databaseObjectName(other)}`,
      {
        purpose: "grants",
        sql: grantsSql(grantsIn(roles, values, other)),
        target: {
          host: serviceHost(clusterName, "rw", namespace),
          database: other ?? firstOf(database.name, roles, values),
          loginSecret,
          caSecret: certificates.serverCaSecret ?? caSecretName(clusterName),
        },
        pod: {
          clusterName,
          labels,
          image,
          placement,
          imagePullSecrets,
          spec: values.spec,
        },
        metadata: clusterMetadata(values, ""),
        ...kept(values),
      },
      dependsOn,
    );
  }
}

/** The name of the first database. @throws Error if a grant turns out to name another one, once it is known. */
function firstOf(
  name: pulumi.Input<string>,
  roles: readonly GrantedRole[],
  { databases }: GrantingValues,
): pulumi.Input<string> {
  if (typeof name === "string") return name;
  const declared = new Set(databases.map((other) => other.name));
  const named = roles
    .flatMap(({ grants }) => grants)
    .flatMap(({ database }) => database ?? [])
    .filter((database) => !declared.has(database));
  return pulumi.output(name).apply((known) => {
    const wrong = named.find((database) => database !== known);
    if (wrong === undefined) return known;
    throw new Error(
      `a grant names the database ${wrong}, which is neither ${known} nor one of databases`,
    );
  });
}
