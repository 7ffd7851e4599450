import { SequencePrivilege, TableAccess, TablePrivilege } from "../../../../../../components";
import type { RoleGrantArgs } from "../../../../../../components/postgres/cluster/args/grant";
import { grantsSql } from "../../../../../../components/postgres/cluster/grants/sql";

/** The lines after the revocations. */
function granted(...grants: RoleGrantArgs[]): string[] {
  const sql = grantsSql([{ name: "reader", grants }]);
  const none = grantsSql([{ name: "reader", grants: [] }]).split("\n");
  const lines = sql.split("\n");
  expect(lines[0]).toBe("BEGIN;");
  expect(lines.at(-1)).toBe("COMMIT;");
  return lines.slice(none.length - 1, -1);
}

const connect =
  "SELECT format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), 'reader') \\gexec";

test("nothing but revocations for a role without grants, and in one transaction", () => {
  const sql = grantsSql([
    { name: "reader", grants: [] },
    { name: "o'hara", grants: [] },
  ]);
  expect(sql.match(/\\gexec/g)).toHaveLength(4);
  expect(sql.match(/rolname IN \('reader', 'o''hara'\)/g)).toHaveLength(4);
  expect(sql).not.toContain("GRANT ");
});

test("read-only: what is there and what will be, sequences included", () => {
  expect(granted({ access: TableAccess.ReadOnly })).toEqual([
    connect,
    'GRANT USAGE ON SCHEMA "public" TO "reader";',
    "SELECT format('GRANT SELECT ON TABLE %I.%I TO %I', nspname, relname, 'reader')",
    "FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace",
    "WHERE nspname = 'public' AND relkind IN ('r', 'p', 'f', 'v', 'm') AND pg_has_role(relowner, 'USAGE') \\gexec",
    "SELECT format('GRANT SELECT ON SEQUENCE %I.%I TO %I', nspname, s.relname, 'reader')",
    "FROM pg_class s JOIN pg_namespace n ON n.oid = s.relnamespace",
    "WHERE nspname = 'public' AND s.relkind = 'S' AND pg_has_role(s.relowner, 'USAGE') \\gexec",
    'ALTER DEFAULT PRIVILEGES IN SCHEMA "public" GRANT SELECT ON TABLES TO "reader";',
    'ALTER DEFAULT PRIVILEGES IN SCHEMA "public" GRANT SELECT ON SEQUENCES TO "reader";',
  ]);
});

test("read-write in a schema whose name needs quotes", () => {
  const lines = granted({ access: TableAccess.ReadWrite, schema: "a \"b'" });
  expect(lines).toContain('GRANT USAGE ON SCHEMA "a ""b\'" TO "reader";');
  expect(lines).toContain(
    'ALTER DEFAULT PRIVILEGES IN SCHEMA "a ""b\'" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "reader";',
  );
  expect(lines).toContain(
    'ALTER DEFAULT PRIVILEGES IN SCHEMA "a ""b\'" GRANT SELECT, USAGE ON SEQUENCES TO "reader";',
  );
  expect(lines.join("\n")).toContain("nspname = 'a \"b'''");
});

test("tables by name, with the sequences of their columns, and no later ones", () => {
  const lines = granted({
    schema: "audit",
    tables: ["events", "Logins"],
    privileges: [TablePrivilege.Insert],
  });
  expect(lines.slice(1, 4)).toEqual([
    'GRANT USAGE ON SCHEMA "audit" TO "reader";',
    'GRANT INSERT ON TABLE "audit"."events" TO "reader";',
    'GRANT INSERT ON TABLE "audit"."Logins" TO "reader";',
  ]);
  expect(lines[4]).toBe(
    "SELECT format('GRANT SELECT, USAGE ON SEQUENCE %I.%I TO %I', nspname, s.relname, 'reader')",
  );
  expect(lines[6]).toContain("t.relname IN ('events', 'Logins')");
  expect(lines).toHaveLength(7);
});

test("privileges one by one bring no sequences, unless they insert or say so", () => {
  const privileges = [TablePrivilege.Select, TablePrivilege.Truncate];
  expect(granted({ privileges }).join("\n")).not.toContain("SEQUENCE");
  const sequences = [SequencePrivilege.Update];
  const lines = granted({ privileges, sequences, defaultPrivileges: false });
  expect(lines.join("\n")).toContain("GRANT UPDATE ON SEQUENCE");
  expect(lines.join("\n")).not.toContain("DEFAULT");
});
