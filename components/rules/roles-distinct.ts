import { z } from "zod";
import { maybe, rule } from "./rule";
import type { Refusal } from "./shape";
import type { Violation } from "./violation";

/** Why a name is not for declaring. */
function reservation(name: string): Refusal | undefined {
  if (/^(postgres|streaming_replica|pg_.*|cnpg_.*)$/.test(name)) return RESERVED;
  return name === "pgbouncer" ? ADMINISTRATOR : undefined;
}

export const rolesDistinct = rule({
  name: "roles-distinct",
  why: "Two declarations of one role would undo each other at every reconciliation.",
  subject: z.object({
    database: maybe(z.object({ name: maybe(z.string()), owner: maybe(z.string()) })),
    roles: maybe(
      z.array(
        z.object({ name: maybe(z.string()), inRoles: maybe(z.array(z.unknown())) }).catch({}),
      ),
    ),
    // The data of another cluster bring roles that nobody declares here.
    rolesInData: maybe(z.boolean()),
  }),
  judge: ({ database, roles = [], rolesInData = false }) => {
    const owner = database?.owner;
    const declared = new Set([owner, ...roles.map(({ name }) => name)]);
    const seen = new Map<string, number>();
    const violations: Violation[] = owner === undefined ? [] : judgeOwner(owner);
    roles.forEach(({ name, inRoles = [] }, index) => {
      if (name === undefined) return;
      const first = seen.get(name);
      const found = { path: `roles[${index}].name`, value: name };
      const reserved = reservation(name);
      if (reserved) {
        violations.push({ ...found, ...reserved });
      } else if (name === owner) {
        violations.push({
          ...found,
          reason: "the cluster is created with this role as the owner of its database",
          remedy: "Remove it here; its password is in the owner's Secret",
        });
      } else if (first !== undefined) {
        violations.push({
          ...found,
          reason: `roles[${first}] declares the same role`,
          remedy: "Join the two into one",
        });
      }
      seen.set(name, first ?? index);
      inRoles.forEach((member, position) => {
        if (typeof member !== "string" || declared.has(member) || member.startsWith("pg_")) return;
        if (rolesInData) return;
        violations.push({
          path: `roles[${index}].inRoles[${position}]`,
          value: member,
          reason: "no such role is declared, and the operator could not grant it",
          remedy: "Declare it in roles, or use one of PostgreSQL's own, such as pg_read_all_data",
        });
      });
    });
    return violations;
  },
});

const RESERVED = {
  reason: "PostgreSQL and the operator keep this name for themselves",
  remedy: "Use another name, one that does not begin with pg_ or cnpg_",
};

const ADMINISTRATOR = {
  reason: "whoever logs in to a pooler under this name administers it, and may shut it down",
  remedy: "Use another name",
};

function judgeOwner(owner: string): Violation[] {
  const reserved = reservation(owner);
  return reserved ? [{ path: "database.owner", value: owner, ...reserved }] : [];
}
