import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { roleObjectName, rolePart, roleVerifierName } from "../../../formats/role-objects";
import type { Login } from "../../credentials/keys";
import { createPassword } from "../../credentials/password";
import type { ClusterRoleArgs } from "../args/role";
import { createLoginSecret, createVerifierSecret } from "../credentials";
import { kept, type KeptValues } from "../../demotion/kept";
import { clusterMetadata } from "../metadata";
import { serviceHost } from "../names";
import type { CommonValues } from "../values-common";
import { membersLast } from "../rules/roles/order";
import { isGenerated } from "../rules/roles/logins";
import { databaseRoleSpec } from "./spec";

/** The roles by their names, each with its object and the Secrets of its login. */
export type Roles = ReadonlyMap<string, pulumi.Resource[]>;

/** Creates the roles, once the cluster serves, and the Secrets of those with a generated password. */
export function createRoles(
  parent: pulumi.Resource,
  name: string,
  values: CommonValues & KeptValues,
  database: pulumi.Input<string>,
  cluster: pulumi.Resource,
): Roles {
  const created = new Map<string, pulumi.Resource[]>();
  for (const role of membersLast(values.roles)) {
    const groups = (role.inRoles ?? []).flatMap((group) => created.get(group)?.[0] ?? []);
    const resource = `${name}-role-${rolePart(role.name)}`;
    const login = isGenerated(role)
      ? createLogin(parent, resource, values, role, database)
      : undefined;
    const verifier =
      login &&
      createVerifierSecret(
        parent,
        `${resource}-verifier`,
        values,
        roleVerifierName(values.clusterName, role.name),
        login,
      );
    const object = createRole(parent, resource, values, role, [
      cluster,
      ...groups,
      ...(verifier ? [verifier] : []),
    ]);
    const secrets = login ? createSecrets(parent, resource, values, role, login, object) : [];
    created.set(role.name, [object, ...secrets]);
  }
  return created;
}

function createLogin(
  parent: pulumi.Resource,
  resource: string,
  { clusterName }: CommonValues,
  role: ClusterRoleArgs,
  database: pulumi.Input<string>,
): Login {
  const whose = `Password of the role ${role.name} of ${clusterName}`;
  return {
    username: role.name,
    password: createPassword(parent, `${resource}-password`, whose, role),
    database: role.database ?? database,
  };
}

function createRole(
  parent: pulumi.Resource,
  resource: string,
  values: CommonValues & KeptValues,
  role: ClusterRoleArgs,
  dependsOn: pulumi.Resource[],
): k8s.apiextensions.CustomResource {
  const spec = databaseRoleSpec(values, role);
  return new k8s.apiextensions.CustomResource(
    resource,
    {
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "DatabaseRole",
      metadata: {
        ...clusterMetadata(values, roleObjectName(values.clusterName, role.name)),
        annotations: { "pulumi.com/waitFor": waitFor(spec) },
      },
      spec,
    },
    // An instance may read the Secret only once the operator has seen the role, and then tries again after 30 s. Only a
    // primary can let go of it: without one its deletion would take the engine's ten minutes.
    {
      parent,
      dependsOn,
      customTimeouts: { create: "2m", update: "2m", delete: "2m" },
      ...kept(values),
    },
  );
}

/**
 * Applied alone is also true after a change that is not applied yet. A condition counts only once the operator has seen the
 * change, and the one that there is comes with the Secret of a password.
 */
function waitFor({ passwordSecret }: ReturnType<typeof databaseRoleSpec>): string {
  const applied = "jsonpath={.status.applied}=true";
  return passwordSecret ? JSON.stringify(["condition=PasswordSecretChange", applied]) : applied;
}

/** For applications, once the password applies: directly, and through each of the poolers. */
function createSecrets(
  parent: pulumi.Resource,
  resource: string,
  values: CommonValues,
  role: ClusterRoleArgs,
  login: Login,
  object: pulumi.Resource,
): pulumi.Resource[] {
  const { clusterName, namespace, poolers } = values;
  const direct = { host: serviceHost(clusterName, "rw", namespace), readWrite: true };
  const endpoints = [
    { id: `${resource}-login`, owner: clusterName, endpoint: direct },
    ...poolers.map((pooler) => ({
      id: `${resource}-login-${pooler}`,
      owner: pooler,
      endpoint: { host: pulumi.interpolate`${pooler}.${namespace}.svc`, readWrite: false },
    })),
  ];
  return endpoints.map(({ id, owner, endpoint }) => {
    const secretName = roleObjectName(owner, role.name);
    return createLoginSecret(parent, id, values, secretName, login, endpoint, [object]);
  });
}
