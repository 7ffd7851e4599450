import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../../contract/rule";
import type { Refusal } from "../../../../contract/schema";
import type { ClusterRoleArgs } from "../../args/role";

export interface Logins {
  certificateUsers: string[];
  database?: { owner: pulumi.Input<string> };
  roles: Pick<ClusterRoleArgs, "name" | "login">[];
  /** The data of another cluster contain roles that are not declared here. */
  rolesInData?: boolean;
}

export const certificateUsers = rule({
  name: "certificate-users",
  why: "A certificate logs in the role that it names, which must exist and be allowed to log in.",
  *check({ certificateUsers: users, database, roles, rolesInData = false }: Logins) {
    yield* users.flatMap((user, index) => {
      if (user === database?.owner) return [];
      const [role] = roles.filter(({ name }) => name === user);
      const refused = users.indexOf(user) < index ? TWICE : roleRefusal(role, rolesInData);
      return refused ? [{ path: `certificateUsers[${index}]`, value: user, ...refused }] : [];
    });
  },
});

const TWICE: Refusal = { reason: "is already listed", remedy: "Remove one of them" };

function roleRefusal(
  role: Pick<ClusterRoleArgs, "login"> | undefined,
  inData: boolean,
): Refusal | undefined {
  if (role === undefined) {
    return inData
      ? undefined
      : {
          reason: "is not a declared role, so no client could log in as it",
          remedy: "Declare it in roles with login: true, or use the owner of the database",
        };
  }
  return role.login === true
    ? undefined
    : {
        reason: "names a role that may not log in, with or without a certificate",
        remedy: "Set login: true in its entry in roles",
      };
}
