import { z } from "zod";
import { maybe, rule } from "./rule";
import type { Refusal } from "./shape";

/** Databases that every PostgreSQL has. */
const BUILT_IN = ["postgres", "template0", "template1"];

/** Why a database cannot have that name, if it cannot. */
function reservation(name: string): Refusal | undefined {
  const remedy = "Use another name";
  if (BUILT_IN.includes(name)) {
    return {
      reason: "every PostgreSQL has a database of that name, so none would be created",
      remedy,
    };
  }
  if (name !== "pgbouncer") return undefined;
  return { reason: "PgBouncer's own console has that name, and no pooler leads past it", remedy };
}

export const databasesDistinct = rule({
  name: "databases-distinct",
  why: "A database is created once, by one declaration, for a role that exists.",
  subject: z.object({
    database: maybe(z.object({ name: maybe(z.string()), owner: maybe(z.string()) })),
    databases: maybe(
      z.array(z.object({ name: maybe(z.string()), owner: maybe(z.string()) }).catch({})),
    ),
    roles: maybe(z.array(z.object({ name: maybe(z.string()) }).catch({}))),
    rolesInData: maybe(z.boolean()),
  }),
  judge: ({ database, databases = [], roles = [], rolesInData = false }) => {
    const owners = new Set([database?.owner, ...roles.map(({ name }) => name)]);
    // Objects are named after databases, with dashes for what Kubernetes does not take.
    const objectNames = new Map<string, string>();
    const first = database?.name;
    if (first !== undefined) objectNames.set(databaseObjectName(first), "database");
    const others = databases.flatMap(({ name, owner }, index) => {
      const ownerViolation =
        owner === undefined || owners.has(owner) || rolesInData
          ? []
          : [
              {
                path: `databases[${index}].owner`,
                value: owner,
                reason: "no such role is declared, so the database would never be created",
                remedy:
                  "Declare it in roles, or leave owner out for the owner of the first database",
              },
            ];
      if (name === undefined) return ownerViolation;
      const found = { path: `databases[${index}].name`, value: name };
      const reserved = reservation(name);
      if (reserved) return [{ ...found, ...reserved }, ...ownerViolation];
      const objectName = databaseObjectName(name);
      const earlier = objectNames.get(objectName);
      objectNames.set(objectName, earlier ?? `databases[${index}]`);
      if (earlier === undefined) return ownerViolation;
      return [
        {
          ...found,
          reason: `${earlier} has the same name, or one that differs only in - and _`,
          remedy: "Use another name, or join the two",
        },
        ...ownerViolation,
      ];
    });
    const reserved = first === undefined ? undefined : reservation(first);
    return reserved ? [{ path: "database.name", value: first, ...reserved }, ...others] : others;
  },
});

/** A database's name as a part of a Kubernetes object's. */
export function databaseObjectName(database: string): string {
  return database.replaceAll("_", "-");
}
