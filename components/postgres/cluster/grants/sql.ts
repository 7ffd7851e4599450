import { SequencePrivilege, TableAccess, TablePrivilege, type RoleGrantArgs } from "../args/grant";
import { literal, quoted } from "../../sql-job/quoting";
import type { GrantedRole } from "../rules/roles/granting";

/**
 * SQL that leaves the roles with exactly these grants of the database's owner, who runs it. Others see the old ones until
 * all is done. What PostgreSQL has recorded as granted is what has to be revoked: a record beside it could only differ.
 */
export function grantsSql(roles: readonly GrantedRole[]): string {
  return [
    "BEGIN;",
    ...revocations(roles.map(({ name }) => name)),
    ...roles.flatMap(({ name, grants }) => grants.flatMap((grant) => statements(name, grant))),
    "COMMIT;",
  ].join("\n");
}

/** Relations that have the privileges of tables: tables, partitioned and foreign ones, views, materialized views. */
const TABLE_KINDS = "('r', 'p', 'f', 'v', 'm')";

/** What the current user may grant and revoke as its owner. */
const isOwned = (owner: string) => `pg_has_role(${owner}, 'USAGE')`;

/** Queries whose answers are statements, which psql runs. An owner's own privileges are not grants. */
function revocations(names: readonly string[]): string[] {
  const to = `rolname IN (${names.map(literal).join(", ")})`;
  return [
    `SELECT DISTINCT format('REVOKE ALL ON %s %I.%I FROM %I', CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, nspname, relname, rolname)
FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace, LATERAL (
  SELECT * FROM aclexplode(relacl) UNION SELECT acl.* FROM pg_attribute, aclexplode(attacl) acl WHERE attrelid = c.oid
) acl JOIN pg_roles r ON r.oid = grantee
WHERE ${to} AND grantor = relowner AND grantee <> relowner AND ${isOwned("relowner")} \\gexec`,
    `SELECT DISTINCT format('ALTER DEFAULT PRIVILEGES FOR ROLE %I %s REVOKE ALL ON %s FROM %I', pg_get_userbyid(defaclrole), CASE WHEN nspname IS NOT NULL THEN format('IN SCHEMA %I', nspname) END, CASE defaclobjtype WHEN 'r' THEN 'TABLES' ELSE 'SEQUENCES' END, rolname)
FROM pg_default_acl LEFT JOIN pg_namespace n ON n.oid = defaclnamespace, aclexplode(defaclacl) JOIN pg_roles r ON r.oid = grantee
WHERE ${to} AND defaclobjtype IN ('r', 'S') AND grantee <> defaclrole AND ${isOwned("defaclrole")} \\gexec`,
    `SELECT DISTINCT format('REVOKE USAGE ON SCHEMA %I FROM %I', nspname, rolname)
FROM pg_namespace, aclexplode(nspacl) JOIN pg_roles r ON r.oid = grantee
WHERE ${to} AND privilege_type = 'USAGE' AND grantor = nspowner AND grantee <> nspowner AND ${isOwned("nspowner")} \\gexec`,
    `SELECT DISTINCT format('REVOKE CONNECT ON DATABASE %I FROM %I', datname, rolname)
FROM pg_database, aclexplode(datacl) JOIN pg_roles r ON r.oid = grantee
WHERE ${to} AND datname = current_database() AND privilege_type = 'CONNECT' AND grantor = datdba AND grantee <> datdba AND ${isOwned("datdba")} \\gexec`,
  ];
}

function statements(role: string, grant: RoleGrantArgs): string[] {
  const { schema = "public", tables } = grant;
  const privileges = tablePrivileges(grant);
  const onSequences = sequencePrivileges(grant);
  const defaults = grant.defaultPrivileges ?? tables === undefined;
  return [
    `SELECT format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), ${literal(role)}) \\gexec`,
    `GRANT USAGE ON SCHEMA ${quoted(schema)} TO ${quoted(role)};`,
    ...onTables(role, schema, privileges, tables),
    ...(onSequences.length > 0 ? [sequences(role, schema, onSequences, tables)] : []),
    ...(defaults ? [future(role, schema, "TABLES", privileges)] : []),
    ...(defaults && onSequences.length > 0 ? [future(role, schema, "SEQUENCES", onSequences)] : []),
  ];
}

function onTables(
  role: string,
  schema: string,
  privileges: readonly string[],
  tables: readonly string[] | undefined,
): string[] {
  const list = privileges.join(", ").toUpperCase();
  if (tables) {
    return tables.map(
      (table) => `GRANT ${list} ON TABLE ${quoted(schema)}.${quoted(table)} TO ${quoted(role)};`,
    );
  }
  // Not ON ALL TABLES: it fails at the first one of another owner, such as an extension's.
  return [
    `SELECT format('GRANT ${list} ON TABLE %I.%I TO %I', nspname, relname, ${literal(role)})
FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
WHERE nspname = ${literal(schema)} AND relkind IN ${TABLE_KINDS} AND ${isOwned("relowner")} \\gexec`,
  ];
}

/** Sequences of the schema, or those that belong to columns of the tables. */
function sequences(
  role: string,
  schema: string,
  privileges: readonly string[],
  tables: readonly string[] | undefined,
): string {
  const ofTables =
    tables &&
    ` AND EXISTS (SELECT FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid WHERE d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND t.relnamespace = n.oid AND t.relname IN (${tables.map(literal).join(", ")}))`;
  return `SELECT format('GRANT ${privileges.join(", ").toUpperCase()} ON SEQUENCE %I.%I TO %I', nspname, s.relname, ${literal(role)})
FROM pg_class s JOIN pg_namespace n ON n.oid = s.relnamespace
WHERE nspname = ${literal(schema)} AND s.relkind = 'S' AND ${isOwned("s.relowner")}${ofTables ?? ""} \\gexec`;
}

/** On what the owner, who runs this, creates later. */
function future(
  role: string,
  schema: string,
  kind: "TABLES" | "SEQUENCES",
  privileges: readonly string[],
): string {
  return `ALTER DEFAULT PRIVILEGES IN SCHEMA ${quoted(schema)} GRANT ${privileges.join(", ").toUpperCase()} ON ${kind} TO ${quoted(role)};`;
}

const { Select, Insert, Update, Delete } = TablePrivilege;

function tablePrivileges({ access, privileges = [] }: RoleGrantArgs): readonly string[] {
  if (access === TableAccess.ReadOnly) return [Select];
  if (access === TableAccess.ReadWrite) return [Select, Insert, Update, Delete];
  return privileges;
}

function sequencePrivileges(grant: RoleGrantArgs): readonly string[] {
  if (grant.sequences) return grant.sequences;
  if (grant.access === TableAccess.ReadOnly) return [SequencePrivilege.Select];
  return tablePrivileges(grant).includes(Insert)
    ? [SequencePrivilege.Select, SequencePrivilege.Usage]
    : [];
}
