import { rule } from "../../../../contract/rule";
import type { ClusterRoleArgs } from "../../args/role";
import { circleOf } from "./order";

export const roleMembers = rule({
  name: "role-members",
  why: "PostgreSQL refuses a membership that leads back to the role.",
  *check({ roles }: { roles: Pick<ClusterRoleArgs, "name" | "inRoles">[] }) {
    yield* roles.flatMap((role, index) => {
      const circle = circleOf(roles, role);
      if (!circle) return [];
      return [
        {
          path: `roles[${index}].inRoles`,
          value: role.inRoles,
          reason: `makes the role a member of itself: ${circle.join(" in ")}`,
          remedy: "Remove one of these memberships",
        },
      ];
    });
  },
});
