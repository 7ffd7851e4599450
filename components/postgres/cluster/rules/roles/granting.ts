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

/**
 * The grants of a database of the cluster: undefined stands for the first one, whose name may be known only later, so that it
 * is every one that is not among the others.
 */
export function grantsIn(
  roles: readonly GrantedRole[],
  { databases }: Pick<GrantingCluster, "databases">,
  database: string | undefined,
): GrantedRole[] {
  const others = databases.map(({ name }) => name);
  return roles.map(({ name, grants }) => ({
    name,
    grants: grants.filter((grant) => {
      const named = others.find((other) => other === grant.database);
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
  const [role] = roles.filter((declared) => declared.name === owner);
  const isFirst = isFirstOwner({ database, roles }, owner);
  const isCertified = (user: string) =>
    user === owner || (isFirst && isFirstOwner({ database, roles }, user));
  if (certificateUsers.some(isCertified)) return undefined;
  if (isFirst) return firstSecret;
  if (role?.login !== true) return undefined;
  return isGenerated(role) ? roleObjectName(clusterName, role.name) : role.passwordSecret;
}

/**
 * Whether a role owns the first database. An owner whose name is known only later is whoever is none of the roles: nobody
 * declares the first one among them.
 */
export function isFirstOwner(
  { database, roles }: Pick<GrantingCluster, "database" | "roles">,
  user: pulumi.Input<string>,
): boolean {
  if (user === database.owner) return true;
  return typeof database.owner !== "string" && !roles.some(({ name }) => name === user);
}
