import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { DatabaseSpec } from "../../crds/cloudnative-pg";
import { databaseObjectName } from "./rules/database/databases-distinct";
import type { WithInputs } from "../../kubernetes/with-inputs";
import type { ClusterExtraDatabaseArgs } from "./args/database";
import { ownSchema } from "./initial-sql/extensions";
import { kept, type KeptValues } from "../demotion/kept";
import { clusterMetadata } from "./metadata";
import type { Roles } from "./roles/roles";
import type { CommonValues } from "./values-common";

/**
 * The spec of an additional database. It sets the API server's defaults, which would otherwise show up as a change at
 * every refresh.
 *
 * @see https://cloudnative-pg.io/docs/1.30/declarative_database_management
 */
export function databaseSpec(
  clusterName: string,
  clusterOwner: pulumi.Input<string>,
  {
    name,
    owner: own,
    extensions = [],
    extensionOptions = {},
    connectionLimit,
  }: ClusterExtraDatabaseArgs,
): WithInputs<DatabaseSpec> {
  const owner = own ?? clusterOwner;
  const schemas = [
    ...new Set(
      extensions.flatMap((extension) => ownSchema(extensionOptions[extension]?.schema) ?? []),
    ),
  ];
  return {
    cluster: { name: clusterName },
    name,
    owner,
    ensure: "present",
    // A declaration that is removed, or replaced by mistake, must not take the data with it.
    databaseReclaimPolicy: "retain",
    connectionLimit,
    ...(schemas.length > 0 && {
      schemas: schemas.map((schema) => ({ name: schema, owner, ensure: "present" as const })),
    }),
    ...(extensions.length > 0 && {
      extensions: extensions.map((extension) => ({
        name: extension,
        ensure: "present" as const,
        ...extensionOptions[extension],
      })),
    }),
  };
}

/** Creates the additional databases, once the cluster serves and their owners are there. */
export function createDatabases(
  parent: pulumi.Resource,
  name: string,
  values: CommonValues & KeptValues,
  owner: pulumi.Input<string>,
  cluster: k8s.apiextensions.CustomResource,
  roles: Roles,
): k8s.apiextensions.CustomResource[] {
  const { clusterName, databases } = values;
  return databases.map((declared) => {
    const objectName = databaseObjectName(declared.name);
    const [role] = roles.get(declared.owner ?? "") ?? [];
    return new k8s.apiextensions.CustomResource(
      `${name}-database-${objectName}`,
      {
        apiVersion: "postgresql.cnpg.io/v1",
        kind: "Database",
        metadata: {
          ...clusterMetadata(values, `${clusterName}-${objectName}`),
          annotations: { "pulumi.com/waitFor": "jsonpath={.status.applied}=true" },
        },
        spec: databaseSpec(clusterName, owner, declared),
      },
      {
        parent,
        dependsOn: role ? [cluster, role] : [cluster],
        // As with a role, only a primary can let go of it.
        customTimeouts: { delete: "2m" },
        ...kept(values),
      },
    );
  });
}
