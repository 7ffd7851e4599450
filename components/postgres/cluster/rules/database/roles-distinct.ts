import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../../contract/rule";
import type { Refusal } from "../../../../contract/schema";
import type { ClusterRoleArgs } from "../../args/role";

/** Why a name is not for declaring. */
function reservation(name: string): Refusal | undefined {
  if (/^(postgres|streaming_replica|pg_.*|cnpg_.*)$/.test(name)) return RESERVED;
  return name === "pgbouncer" ? ADMINISTRATOR : undefined;
}

export interface RolesOfCluster {
  database?: { owner: pulumi.Input<string> };
  roles: Pick<ClusterRoleArgs, "name" | "inRoles">[];
  /** The data of another cluster bring roles that nobody declares here. */
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
        reason: `roles[${first}] declares the same role`,
        remedy: "Join the two into one",
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
  reason: "PostgreSQL and the operator keep this name for themselves",
  remedy: "Use another name, one that does not begin with pg_ or cnpg_",
};

const ADMINISTRATOR: Refusal = {
  reason: "whoever logs in to a pooler under this name administers it, and may shut it down",
  remedy: "Use another name",
};

const OWNER: Refusal = {
  reason: "the cluster is created with this role as the owner of its database",
  remedy: "Remove it here; its password is in the owner's Secret",
};

const UNDECLARED: Refusal = {
  reason: "no such role is declared, and the operator could not grant it",
  remedy: "Declare it in roles, or use one of PostgreSQL's own, such as pg_read_all_data",
};
