import { PostgresCluster } from "../../../../../../components";
import { MINIMAL } from "../../../../support/cluster-fixtures";
import { refusalOf } from "../../../../support/refusal";
import { registrations } from "../../../../support/registrations";

/** A mistake: the wrong arguments, and the sentences of the error. */
type Mistake = [what: string, wrong: Record<string, unknown>, ...says: string[]];

const reader = { name: "reader", login: true, password: "generated" };
const granting = (grant: object, more: object = {}) => ({
  roles: [{ ...reader, grants: [grant] }],
  ...more,
});

const mistakes: Mistake[] = [
  [
    "a password that is neither",
    { roles: [{ ...reader, password: "random" }] },
    'roles[0].password = "[not shown]": is not a valid value. Use one of "generated", "none".',
  ],
  [
    "two passwords",
    { roles: [{ ...reader, passwordSecret: "reader-login" }] },
    'roles[0].password = "[not shown]": contradicts passwordSecret, whose password the role would have. Remove one of ' +
      "the two.",
  ],
  [
    "a password and none",
    { roles: [{ ...reader, password: "none", passwordSecret: "reader-login" }] },
    'roles[0].password = "[not shown]": contradicts passwordSecret, whose password the role would have. Remove one of ' +
      "the two.",
  ],
  [
    "a password for a group",
    { roles: [{ name: "reader", password: "generated" }] },
    'roles[0].password = "[not shown]": must not be generated for a role that may not log in. Set login: true, or remove it.',
  ],
  [
    "a password that would be rejected",
    { roles: [reader], certificateUsers: ["reader"] },
    'roles[0].password = "[not shown]": must not be generated for one of certificateUsers, whose passwords are ' +
      "rejected. Remove it here, or the role from certificateUsers.",
  ],
  [
    "a version of no password",
    { roles: [{ name: "reader", login: true, passwordVersion: 2 }] },
    'roles[0].passwordVersion = "[not shown]": replaces generated passwords, and this role has none. Set password: ' +
      '"generated", or change the content of the Secret instead.',
  ],
  [
    "an age of a password of another's",
    { roles: [{ name: "reader", login: true, passwordSecret: "login", passwordMaxAge: "90d" }] },
    'roles[0].passwordMaxAge = "[not shown]": replaces generated passwords, and this role has none. Set password: ' +
      '"generated", or change the content of the Secret instead.',
  ],
  [
    "a version before the first",
    { roles: [{ ...reader, passwordVersion: 0 }] },
    'roles[0].passwordVersion = "[not shown]": must be at least 1. Use 1 or more.',
  ],
  [
    "an age in months",
    { roles: [{ ...reader, passwordMaxAge: "3m" }] },
    'roles[0].passwordMaxAge = "[not shown]": is not a valid age of a password. Write days or weeks, such as "90d" or ' +
      '"12w".',
  ],
  [
    "an age of nothing",
    { database: { passwordMaxAge: "0d" } },
    'database.passwordMaxAge = "[not shown]": is not a valid age of a password. Write days or weeks, such as "90d" or ' +
      '"12w".',
  ],
  [
    "a version of the owner's own password",
    { database: { ownerSecret: "login", passwordVersion: 2 } },
    'database.passwordVersion = "[not shown]": replaces generated passwords, and that of ownerSecret is not one. ' +
      "Remove it and change the content of the Secret, or remove ownerSecret.",
  ],
  [
    "URIs of a role that has none",
    { roles: [{ name: "reader", database: "app" }] },
    'roles[0].database = "app": is for the URIs in the Secret of a generated password, and this role has none. Set ' +
      'password: "generated", or remove it.',
  ],
  [
    "URIs that lead nowhere",
    { roles: [{ ...reader, database: "audit" }] },
    'roles[0].database = "audit": is not a declared database, so the URIs in the role\'s Secret would lead nowhere. ' +
      "Declare it in databases, or remove it for the first database.",
  ],
  [
    "a role whose Secret is the owner's",
    { database: { owner: "sales" }, roles: [{ ...reader, name: "app" }] },
    'roles[0].name = "app": needs the Secret orders-app, which is one of the database\'s owner. Use another name.',
  ],
  [
    "a role whose Secret is the authority's",
    { roles: [{ ...reader, name: "ca" }] },
    'roles[0].name = "ca": needs the Secret orders-ca, which is one of the cluster. Use another name.',
  ],
  [
    "a role whose Secret is the superuser's",
    { roles: [{ ...reader, name: "superuser" }] },
    'roles[0].name = "superuser": needs the Secret orders-superuser, which is one of the cluster. Use another name.',
  ],
  [
    "a role whose verifier is the owner's",
    { roles: [{ ...reader, name: "owner" }] },
    'roles[0].name = "owner": needs the Secret orders-owner-verifier, which is one of the database\'s owner. Use ' +
      "another name.",
  ],
  [
    "a role whose Secret is a pooler's",
    { poolers: ["orders-pool"], roles: [{ ...reader, name: "pool_app" }] },
    'roles[0].name = "pool_app": needs the Secret orders-pool-app, which is one of the pooler orders-pool. Use another name.',
  ],
  [
    "a role whose Secret is another's through a pooler",
    { poolers: ["orders-pool"], roles: [reader, { ...reader, name: "pool_reader" }] },
    'roles[1].name = "pool_reader": needs the Secret orders-pool-reader, which is one of roles[0]. Use another name.',
  ],
  [
    "a role whose Secret is another's verifier",
    { roles: [reader, { ...reader, name: "reader-verifier" }] },
    'roles[1].name = "reader-verifier": needs the Secret orders-reader-verifier, which is one of roles[0]. Use another name.',
  ],
  [
    "roles that differ only in punctuation",
    { roles: [{ name: "a_b" }, { name: "a-b" }] },
    'roles[1].name = "a-b": differs from "a_b" only in - and _, and the objects of the two would have one name. Use ' +
      "another name.",
  ],
  [
    "a role with a name that objects cannot have",
    { roles: [{ ...reader, name: "Reader" }] },
    'roles[0].name = "Reader": needs quoting or escaping in SQL, URIs or object names. Use at most 63 lower-case ' +
      "letters, digits, `_` and `-`, a letter first and no punctuation last.",
  ],
  [
    "a role in itself",
    {
      roles: [
        { name: "a", inRoles: ["b"] },
        { name: "b", inRoles: ["c"] },
        { name: "c", inRoles: ["b"] },
      ],
    },
    'roles[1].inRoles = ["c"]: makes the role a member of itself: b in c in b. Remove one of these memberships.',
    'roles[2].inRoles = ["b"]: makes the role a member of itself: c in b in c. Remove one of these memberships.',
  ],
  [
    "a membership in a role that PostgreSQL does not have",
    { roles: [{ name: "a", inRoles: ["pg_monitor", "pg_read_everything"] }], version: 15 },
    'roles[0].inRoles[1] = "pg_read_everything": is not a predefined role of PostgreSQL that others can be members of. ' +
      "Use one of pg_checkpoint, pg_execute_server_program, pg_monitor, pg_read_all_data, pg_read_all_settings, " +
      "pg_read_all_stats, pg_read_server_files, pg_signal_backend, pg_stat_scan_tables, pg_write_all_data, " +
      "pg_write_server_files.",
  ],
  [
    "a membership in a role of a later version",
    { roles: [{ name: "a", inRoles: ["pg_maintain"] }], version: 15 },
    'roles[0].inRoles[0] = "pg_maintain": is a predefined role since PostgreSQL 17. Use one of pg_checkpoint, ' +
      "pg_execute_server_program, pg_monitor, pg_read_all_data, pg_read_all_settings, pg_read_all_stats, " +
      "pg_read_server_files, pg_signal_backend, pg_stat_scan_tables, pg_write_all_data, pg_write_server_files.",
  ],
  [
    "a grant that says nothing",
    granting({ schema: "sales" }),
    "roles[0].grants[0].access = (not set): must be set, or `privileges`: the grant would say nothing. Use access: " +
      '"read-only", access: "read-write" or a list of privileges.',
  ],
  [
    "a grant that says two things",
    granting({ access: "read-only", privileges: ["insert"] }),
    'roles[0].grants[0].privileges = ["insert"]: contradicts `access`, which stands for privileges of its own. Remove ' +
      "one of the two; a second grant can add privileges to the first.",
  ],
  [
    "an access that is none",
    granting({ access: "write-only" }),
    'roles[0].grants[0].access = "write-only": is not a valid value. Use one of "read-only", "read-write".',
  ],
  [
    "a privilege that is none",
    granting({ privileges: ["select", "drop"] }),
    'roles[0].grants[0].privileges[1] = "drop": is not a valid value. Use one of "select", "insert", "update", ' +
      '"delete", "truncate", "references", "trigger", "maintain".',
  ],
  [
    "no privilege",
    granting({ privileges: [] }),
    "roles[0].grants[0].privileges = []: must have at least 1 elements. Use 1 elements or more.",
  ],
  [
    "a privilege that this version does not know",
    granting({ privileges: ["maintain"] }, { version: 16 }),
    'roles[0].grants[0].privileges = ["maintain"]: has `maintain`, which PostgreSQL knows since 17. Remove it, or use ' +
      "version: 17 or higher.",
  ],
  [
    "a database that is not there",
    granting({ access: "read-only", database: "audit" }),
    'roles[0].grants[0].database = "audit": is not a declared database, so nobody is known who could grant in it. ' +
      "Declare it in databases, or remove it for the first database.",
  ],
  [
    "a database that nobody can grant in",
    granting({ access: "read-only" }, { certificateUsers: ["app"] }),
    'roles[0].grants[0].database = (not set): is a database whose owner, "app", makes the grants and has no password ' +
      'that is known here. Give the owner password: "generated" or a passwordSecret and take it out of ' +
      "certificateUsers, or grant in a migration.",
  ],
  [
    "a database of a role without a password",
    {
      databases: [{ name: "audit", owner: "auditor" }],
      roles: [
        { name: "auditor", login: true },
        { ...reader, grants: [{ access: "read-only", database: "audit" }] },
      ],
    },
    'roles[1].grants[0].database = "audit": is a database whose owner, "auditor", makes the grants and has no password ' +
      'that is known here. Give the owner password: "generated" or a passwordSecret and take it out of ' +
      "certificateUsers, or grant in a migration.",
  ],
  [
    "a grant to the owner",
    granting(
      { access: "read-write", database: "audit" },
      { databases: [{ name: "audit", owner: "reader" }] },
    ),
    'roles[0].grants[0].database = "audit": belongs to this role, which has all rights in it without a grant. Remove ' +
      "the grant.",
  ],
  [
    "a schema of PostgreSQL",
    granting({ access: "read-only", schema: "pg_catalog" }),
    'roles[0].grants[0].schema = "pg_catalog": belongs to PostgreSQL, and the owner of a database may not grant in it. ' +
      "Use inRoles with a predefined role, such as pg_monitor.",
  ],
  [
    "a schema without a name",
    granting({ access: "read-only", schema: "" }),
    'roles[0].grants[0].schema = "": is not a valid name in PostgreSQL. Use the name as PostgreSQL lists it, of 1 to 63 ' +
      "bytes, without quotes.",
  ],
  [
    "tables that are named and to come",
    granting({ access: "read-only", tables: ["a"], defaultPrivileges: true }),
    "roles[0].grants[0].defaultPrivileges = true: is for all tables that are created later, and contradicts `tables`, " +
      "which names some. Remove one of the two.",
  ],
  [
    "a table twice",
    granting({ access: "read-only", tables: ["a", "b", "a"] }),
    'roles[0].grants[0].tables[2] = "a": is already listed. Remove one of them.',
  ],
  [
    "a misspelt grant",
    granting({ acces: "read-only" }),
    'roles[0].grants[0].acces = "[not shown]": is not an argument, and would do nothing. Did you mean `access`? If not, ' +
      "remove it.",
    "roles[0].grants[0].access = (not set): must be set, or `privileges`: the grant would say nothing. Use access: " +
      '"read-only", access: "read-write" or a list of privileges.',
  ],
  [
    "grants to a superuser",
    { roles: [{ ...reader, superuser: true, grants: [{ access: "read-only" }] }] },
    'roles[0].grants = "[not shown]": would change nothing: a superuser bypasses all permission checks. Remove ' +
      "superuser, or the grants.",
  ],
];

test.each(mistakes)("PostgresCluster refuses %s", async (_, wrong, ...says) => {
  const args = { ...MINIMAL, ...wrong };
  expect(await refusalOf(() => new PostgresCluster("orders", args))).toEqual(says);
});

test("roles may share what is no Secret of theirs", async () => {
  const roles = [{ name: "app" }, { name: "owner" }, { name: "ca", login: true }];
  const args = { ...MINIMAL, database: { owner: "sales" }, roles };
  expect(await registrations(() => new PostgresCluster("orders", args))).not.toEqual([]);
});
