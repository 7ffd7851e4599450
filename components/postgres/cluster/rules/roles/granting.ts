import type * as pulumi from "@pulumi/pulumi";
import { roleObjectName } from "../../../../formats/role-objects";
import type { ClusterExtraDatabaseArgs } from "../../args/database";
import type { RoleGrantArgs } from "../../args/grant";
import type { ClusterRoleArgs } from "../../args/role";
import { isGenerated } from "./logins";

/** A role and its grants in one database. */
export interface GrantedRole {
  name: string;
  grants: readonly RoleGrantArgs[];
}

/** What of a cluster decides who grants in which database. */
export interface GrantingCluster {
  clusterName: string;
  database: {
    name: pulumi.Input<string>;
    owner: pulumi.Input<string>;
  };
  databases: readonly Pick<ClusterExtraDatabaseArgs, "name" | "owner">[];
  roles: readonly ClusterRoleArgs[];
  certificateUsers: readonly string[];
}

/** The roles whose grants are declared. */
export function grantedRoles(
  roles: readonly Pick<ClusterRoleArgs, "name" | "grants">[],
): GrantedRole[] {
  return roles.flatMap(({ name, grants }) => (grants ? [{ name, grants }] : []));
}

/** The grants of a database of the cluster: undefined stands for the first one. */
export function grantsIn(
  roles: readonly GrantedRole[],
  first: pulumi.Input<string>,
  database: string | undefined,
): GrantedRole[] {
  return roles.map(({ name, grants }) => ({
    name,
    grants: grants.filter((grant) => {
      const named = grant.database === first ? undefined : grant.database;
      return named === database;
    }),
  }));
}

/** The Secret that a database's owner logs in with, which may be undefined: then nobody can grant in it. */
export function ownerLogin(
  { clusterName, database, databases, roles, certificateUsers }: GrantingCluster,
  firstSecret: pulumi.Input<string>,
  name: string | undefined,
): pulumi.Input<string> | undefined {
  // Unlike find, filter skips the malformed ones, which are holes in the list.
  const [other] = databases.filter((declared) => declared.name === name);
  const owner = other?.owner ?? database.owner;
  if (certificateUsers.some((user) => user === owner)) return undefined;
  if (owner === database.owner) return firstSecret;
  const [role] = roles.filter((declared) => declared.name === owner);
  if (role?.login !== true) return undefined;
  return isGenerated(role) ? roleObjectName(clusterName, role.name) : role.passwordSecret;
}
