import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../../contract/rule";
import type { Refusal } from "../../../../contract/schema";
import type { Violation } from "../../../../contract/violation";
import type { ClusterExtraDatabaseArgs } from "../../args/database";
import { TablePrivilege, type RoleGrantArgs } from "../../args/grant";
import type { ClusterRoleArgs } from "../../args/role";
import { ownerLogin, type GrantingCluster } from "./granting";

export interface GrantsOfCluster {
  clusterName: string;
  version: number;
  database?: { name: pulumi.Input<string>; owner: pulumi.Input<string> };
  databases: Pick<ClusterExtraDatabaseArgs, "name" | "owner">[];
  roles: ClusterRoleArgs[];
  certificateUsers: string[];
}

export const roleGrants = rule({
  name: "role-grants",
  why: "A grant is made by the owner of the database, on what is there, and says something.",
  *check(cluster: GrantsOfCluster, isMalformed) {
    const { database, roles } = cluster;
    if (database === undefined) return;
    yield* roles.flatMap((role, index) => {
      const { grants = [] } = role;
      const place = `roles[${index}].grants`;
      if (grants.length > 0 && role.superuser === true) {
        return [{ path: place, value: "[not shown]", ...SUPERUSER }];
      }
      return grants.flatMap((grant, position) => [
        ...(isMalformed(`${place}[${position}].privileges`)
          ? []
          : emptyViolations(`${place}[${position}]`, grant)),
        ...shapeViolations(`${place}[${position}]`, grant, cluster.version),
        ...(isMalformed("databases") || isMalformed("roles")
          ? []
          : databaseViolations(`${place}[${position}].database`, role.name, grant, {
              ...cluster,
              database,
            })),
      ]);
    });
  },
});

function emptyViolations(place: string, { access, privileges }: RoleGrantArgs): Violation[] {
  if (access !== undefined || privileges !== undefined) return [];
  return [{ path: `${place}.access`, value: access, ...NOTHING }];
}

function shapeViolations(place: string, grant: RoleGrantArgs, version: number): Violation[] {
  const { access, privileges, schema, tables = [], defaultPrivileges } = grant;
  return [
    ...(access !== undefined && privileges !== undefined
      ? [{ path: `${place}.privileges`, value: privileges, ...BOTH }]
      : []),
    ...(version < 17 && privileges?.includes(TablePrivilege.Maintain) === true
      ? [{ path: `${place}.privileges`, value: privileges, ...MAINTAIN }]
      : []),
    ...(schema !== undefined && /^(pg_|information_schema$)/.test(schema)
      ? [{ path: `${place}.schema`, value: schema, ...SYSTEM_SCHEMA }]
      : []),
    ...(tables.length > 0 && defaultPrivileges === true
      ? [{ path: `${place}.defaultPrivileges`, value: true, ...NO_DEFAULT }]
      : []),
    ...tables.flatMap((table: string | undefined, index) =>
      table !== undefined && tables.indexOf(table) < index
        ? [{ path: `${place}.tables[${index}]`, value: table, ...TWICE }]
        : [],
    ),
  ];
}

function databaseViolations(
  path: string,
  role: string,
  { database: named }: RoleGrantArgs,
  cluster: GrantingCluster,
): Violation[] {
  const { database, databases } = cluster;
  const [declared] = databases.filter(({ name }) => name === named);
  const other = declared && named;
  const mayBeFirst =
    named === undefined || named === database.name || typeof database.name !== "string";
  if (!declared && !mayBeFirst) return [{ path, value: named, ...UNDECLARED }];
  const owner = declared?.owner ?? database.owner;
  if (role === owner) return [{ path, value: named, ...OF_OWNER }];
  if (ownerLogin(cluster, "there", other) !== undefined) return [];
  const who = typeof owner === "string" ? `, "${owner}",` : "";
  return [
    {
      path,
      value: named,
      reason: `is a database whose owner${who} makes the grants and has no password that is known here`,
      remedy:
        'Give the owner password: "generated" or a passwordSecret and take it out of certificateUsers, or grant in a migration',
    },
  ];
}

const SUPERUSER: Refusal = {
  reason: "would change nothing: a superuser bypasses all permission checks",
  remedy: "Remove superuser, or the grants",
};

const NOTHING: Refusal = {
  reason: "must be set, or `privileges`: the grant would say nothing",
  remedy: 'Use access: "read-only", access: "read-write" or a list of privileges',
};

const BOTH: Refusal = {
  reason: "contradicts `access`, which stands for privileges of its own",
  remedy: "Remove one of the two; a second grant can add privileges to the first",
};

const MAINTAIN: Refusal = {
  reason: "has `maintain`, which PostgreSQL knows since 17",
  remedy: "Remove it, or use version: 17 or higher",
};

const SYSTEM_SCHEMA: Refusal = {
  reason: "belongs to PostgreSQL, and the owner of a database may not grant in it",
  remedy: "Use inRoles with a predefined role, such as pg_monitor",
};

const NO_DEFAULT: Refusal = {
  reason: "is for all tables that are created later, and contradicts `tables`, which names some",
  remedy: "Remove one of the two",
};

const TWICE: Refusal = { reason: "is already listed", remedy: "Remove one of them" };

const UNDECLARED: Refusal = {
  reason: "is not a declared database, so nobody is known who could grant in it",
  remedy: "Declare it in databases, or remove it for the first database",
};

const OF_OWNER: Refusal = {
  reason: "belongs to this role, which has all rights in it without a grant",
  remedy: "Remove the grant",
};
