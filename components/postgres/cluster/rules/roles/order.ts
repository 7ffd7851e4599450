import type { ClusterRoleArgs } from "../../args/role";

type Member = Pick<ClusterRoleArgs, "name" | "inRoles">;

/** The roles, each after those that it is a member of. In a circle, which is refused, in the order of the list. */
export function membersLast<Role extends Member>(roles: readonly Role[]): Role[] {
  const byName = new Map(roles.map((role) => [role.name, role]));
  const ordered = new Set<Role>();
  const add = (role: Role, below: ReadonlySet<Role>): void => {
    if (below.has(role)) return;
    for (const group of role.inRoles ?? []) {
      const declared = byName.get(group);
      if (declared) add(declared, new Set([...below, role]));
    }
    ordered.add(role);
  };
  for (const role of roles) add(role, new Set());
  return [...ordered];
}

/** The names from a role back to itself, if it is a member of itself by way of others. */
export function circleOf(roles: readonly Member[], from: Member): string[] | undefined {
  // Malformed ones are holes in the list.
  const byName = new Map(roles.flatMap((role) => [[role.name, role] as const]));
  const search = (role: Member, path: string[]): string[] | undefined => {
    for (const group of role.inRoles ?? []) {
      if (group === from.name) return [...path, group];
      const declared = byName.get(group);
      if (!declared || path.includes(group)) continue;
      const found = search(declared, [...path, group]);
      if (found) return found;
    }
    return undefined;
  };
  return search(from, [from.name]);
}
