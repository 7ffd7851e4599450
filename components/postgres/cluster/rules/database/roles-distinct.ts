import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../../contract/rule";
import type { Refusal } from "../../../../contract/schema";
import type { ClusterRoleArgs } from "../../args/role";

/** The reason why a name cannot be declared, or undefined. */
function reservation(name: string): Refusal | undefined {
  if (/^(postgres|streaming_replica|pg_.*|cnpg_.*)$/.test(name)) return RESERVED;
  return name === "pgbouncer" ? ADMINISTRATOR : undefined;
}

export interface RolesOfCluster {
  database?: { owner: pulumi.Input<string> };
  roles: Pick<ClusterRoleArgs, "name" | "inRoles">[];
  /** The data of another cluster contain roles that are not declared here. */
  rolesInData?: boolean;
}

export const rolesDistinct = rule({
  name: "roles-distinct",
  why: "Two declarations of one role would undo each other at every reconciliation.",
  *check({ database, roles, rolesInData = false }: RolesOfCluster, isMalformed) {
    const owner = database?.owner;
    const reservedOwner = typeof owner === "string" ? reservation(owner) : undefined;
    if (reservedOwner) yield { path: "database.owner", value: owner, ...reservedOwner };

    const firsts = new Map<string, number>();
    roles.forEach(({ name }, index) => {
      if (!firsts.has(name)) firsts.set(name, index);
    });
    const nameRefusal = (name: string, index: number): Refusal | undefined => {
      const reserved = reservation(name);
      if (reserved) return reserved;
      if (name === owner) return OWNER;
      const first = firsts.get(name) ?? index;
      if (first === index) return undefined;
      return {
        reason: `is already declared in roles[${first}]`,
        remedy: "Merge the two into one",
      };
    };
    const isThere = (role: string) =>
      rolesInData ||
      isMalformed("roles") ||
      role === owner ||
      firsts.has(role) ||
      role.startsWith("pg_");

    yield* roles.flatMap(({ name, inRoles = [] }, index) => {
      const place = `roles[${index}]`;
      const refused = nameRefusal(name, index);
      return [
        ...(refused ? [{ path: `${place}.name`, value: name, ...refused }] : []),
        ...inRoles.flatMap((role, position) =>
          isThere(role)
            ? []
            : [{ path: `${place}.inRoles[${position}]`, value: role, ...UNDECLARED }],
        ),
      ];
    });
  },
});

const RESERVED: Refusal = {
  reason: "is reserved for PostgreSQL and the operator",
  remedy: "Use another name, one that does not begin with pg_ or cnpg_",
};

const ADMINISTRATOR: Refusal = {
  reason: "is the name of PgBouncer's administrator, who may shut a pooler down",
  remedy: "Use another name",
};

const OWNER: Refusal = {
  reason: "is already created with the cluster, as the owner of its database",
  remedy: "Remove it here; its password is in the owner's Secret",
};

const UNDECLARED: Refusal = {
  reason: "is not a declared role, so the operator could not grant it",
  remedy: "Declare it in roles, or use a predefined role, such as pg_read_all_data",
};
