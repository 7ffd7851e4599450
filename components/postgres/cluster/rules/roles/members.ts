import { rule } from "../../../../contract/rule";
import type { Refusal } from "../../../../contract/schema";
import { PREDEFINED_ROLES } from "../../../../upstream/postgres/predefined-roles";
import type { ClusterRoleArgs } from "../../args/role";
import { circleOf } from "./order";

export interface MembersOfCluster {
  version: number;
  roles: Pick<ClusterRoleArgs, "name" | "inRoles">[];
}

export const roleMembers = rule({
  name: "role-members",
  why: "PostgreSQL refuses a membership in a role that it does not have, or that leads back to the role.",
  *check({ version, roles }: MembersOfCluster) {
    yield* roles.flatMap((role, index) => {
      const path = `roles[${index}].inRoles`;
      const circle = circleOf(roles, role);
      return [
        ...(circle ? [{ path, value: role.inRoles, ...ofItself(circle) }] : []),
        ...(role.inRoles ?? []).flatMap((group, position) => {
          const refused = predefinedRefusal(group, version);
          return refused ? [{ path: `${path}[${position}]`, value: group, ...refused }] : [];
        }),
      ];
    });
  },
});

function ofItself(circle: string[]): Refusal {
  return {
    reason: `makes the role a member of itself: ${circle.join(" in ")}`,
    remedy: "Remove one of these memberships",
  };
}

function predefinedRefusal(group: string, version: number): Refusal | undefined {
  if (!group.startsWith("pg_")) return undefined;
  const since = PREDEFINED_ROLES.get(group);
  if (since !== undefined && since <= version) return undefined;
  const known = [...PREDEFINED_ROLES].filter(([, first]) => first <= version);
  return {
    reason:
      since === undefined
        ? "is not a predefined role of PostgreSQL that others can be members of"
        : `is a predefined role since PostgreSQL ${since}`,
    remedy: `Use one of ${known.map(([name]) => name).join(", ")}`,
  };
}
