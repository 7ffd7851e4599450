import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../../contract/rule";
import type { Refusal } from "../../../../contract/schema";
import type { ClusterExtraDatabaseArgs } from "../../args/database";
import type { ClusterRoleArgs } from "../../args/role";

/** Databases that every PostgreSQL has. */
const BUILT_IN = ["postgres", "template0", "template1"];

/** The reason why a database cannot have that name, or undefined. */
function reservation(name: string): Refusal | undefined {
  const remedy = "Use another name";
  if (BUILT_IN.includes(name)) {
    return {
      reason: "is a database that every PostgreSQL has, so none would be created",
      remedy,
    };
  }
  if (name !== "pgbouncer") return undefined;
  return {
    reason: "is the name of PgBouncer's console, which a pooler opens instead of a database",
    remedy,
  };
}

export interface DatabasesOfCluster {
  database?: { name: pulumi.Input<string>; owner: pulumi.Input<string> };
  databases: Pick<ClusterExtraDatabaseArgs, "name" | "owner">[];
  roles: Pick<ClusterRoleArgs, "name">[];
  /** The data of another cluster contain roles that are not declared here. */
  rolesInData?: boolean;
}

export const databasesDistinct = rule({
  name: "databases-distinct",
  why: "A database is created once, by one declaration, for a role that exists.",
  *check({ database, databases, roles, rolesInData = false }: DatabasesOfCluster, isMalformed) {
    // Objects are named after databases, with dashes for characters that Kubernetes does not accept.
    const objectNames = new Map<string, string>();
    const first = database?.name;
    if (typeof first === "string") {
      objectNames.set(databaseObjectName(first), "database");
      const reserved = reservation(first);
      if (reserved) yield { path: "database.name", value: first, ...reserved };
    }
    const nameRefusal = (name: string, place: string): Refusal | undefined => {
      const reserved = reservation(name);
      if (reserved) return reserved;
      const objectName = databaseObjectName(name);
      const earlier = objectNames.get(objectName);
      if (earlier === undefined) {
        objectNames.set(objectName, place);
        return undefined;
      }
      return {
        reason: `is the name of ${earlier}, or differs from it only in - and _`,
        remedy: "Use another name, or merge the two",
      };
    };
    const owners = new Set<unknown>([database?.owner, ...roles.map(({ name }) => name)]);
    yield* databases.flatMap(({ name, owner }, index) => {
      const place = `databases[${index}]`;
      const refused = nameRefusal(name, place);
      const isOwned =
        owner === undefined || owners.has(owner) || rolesInData || isMalformed("roles");
      return [
        ...(refused ? [{ path: `${place}.name`, value: name, ...refused }] : []),
        ...(isOwned ? [] : [{ path: `${place}.owner`, value: owner, ...UNDECLARED }]),
      ];
    });
  },
});

const UNDECLARED: Refusal = {
  reason: "is not a declared role, so the database would never be created",
  remedy: "Declare it in roles, or remove owner for the owner of the first database",
};

/** A database's name as a part of a Kubernetes object's. */
export function databaseObjectName(database: string): string {
  return database.replaceAll("_", "-");
}
