import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../../contract/rule";
import type { Refusal } from "../../../../contract/schema";
import type { ClusterTablespaceArgs } from "../../args/contents";
import type { ClusterRoleArgs } from "../../args/role";

export interface TablespacesOfCluster {
  tablespaces: Pick<ClusterTablespaceArgs, "name" | "owner">[];
  database?: { owner: pulumi.Input<string> };
  roles: Pick<ClusterRoleArgs, "name">[];
  /** The data of another cluster contain roles that are not declared here. */
  rolesInData?: boolean;
  source?: { snapshots?: object };
}

export const tablespacesDistinct = rule({
  name: "tablespaces-distinct",
  why: "Each tablespace is a volume of its own, for a role that exists, and can never be removed again.",
  *check(
    { tablespaces, database, roles, rolesInData = false, source }: TablespacesOfCluster,
    isMalformed,
  ) {
    const owners = new Set<unknown>([database?.owner, ...roles.map(({ name }) => name)]);
    yield* tablespaces.flatMap(({ name, owner }, index) => {
      const path = `tablespaces[${index}]`;
      const refused = nameRefusal(name, tablespaces.slice(0, index));
      const isOwned =
        owner === undefined || owners.has(owner) || rolesInData || isMalformed("roles");
      return [
        ...(refused ? [{ path: `${path}.name`, value: name, ...refused }] : []),
        ...(isOwned ? [] : [{ path: `${path}.owner`, value: owner, ...UNDECLARED }]),
      ];
    });
    if (tablespaces.length === 0 || source?.snapshots === undefined) return;
    yield {
      path: "tablespaces",
      value: tablespaces.map(({ name }) => name),
      reason:
        "have no snapshot in source.snapshots, which knows the volumes of tables and WAL alone",
      remedy: "Recover from the store, and remove source.snapshots",
    };
  },
});

function nameRefusal(
  name: string,
  earlier: readonly Pick<ClusterTablespaceArgs, "name">[],
): Refusal | undefined {
  if (name.startsWith("pg_")) {
    return {
      reason: "begins with pg_, which PostgreSQL keeps for itself",
      remedy: "Use another name",
    };
  }
  // Names of PostgreSQL without dashes; volumes are named after them.
  if (name.includes("-")) {
    return {
      reason: "has a dash, which CloudNativePG's webhook refuses in a tablespace",
      remedy: `Use "${name.replaceAll("-", "_")}"`,
    };
  }
  const first = earlier.findIndex((other?: { name: string }) => other?.name === name);
  return first < 0
    ? undefined
    : { reason: `is already the name of tablespaces[${first}]`, remedy: "Use another name" };
}

const UNDECLARED: Refusal = {
  reason: "is not a declared role, so the tablespace would never be created",
  remedy: "Declare it in roles, or remove owner for the owner of the first database",
};
