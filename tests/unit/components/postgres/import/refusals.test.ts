import { ImportedCluster } from "../../../../../components";
import { refusalOf } from "../../../support/refusal";

/** A mistake: the wrong arguments, and the sentences of the error. */
type Mistake = [what: string, wrong: Record<string, unknown>, ...says: string[]];

const SERVER = {
  host: "db.example.com",
  user: "postgres",
  passwordSecret: { name: "old-db", key: "password" },
};
const IMPORT = {
  namespace: "shop",
  storage: { size: "20Gi" },
  version: 17,
  server: SERVER,
  database: { name: "orders", owner: "sales" },
};

const server = (wrong: object) => ({ server: { ...SERVER, ...wrong } });
const monolith = (content: object) => ({ import: { method: "monolith", ...content } });
const baseBackup = (content: object = {}) => ({ import: { method: "base-backup", ...content } });

const mistakes: Mistake[] = [
  ["no server", { server: undefined }, "server = (not set): must be an object. Give an object."],
  [
    "no way to log in",
    server({ passwordSecret: undefined }),
    "server.passwordSecret = (not set): must be set, or server.tlsSecret: nobody logs in over the network without either. " +
      "Name the Secret with the password of server.user, or with its certificate.",
  ],
  [
    "a password in the arguments",
    server({ password: "hunter-2" }),
    'server.password = "[not shown]": is not an argument, and would do nothing. Remove it; there are host, port, user, passwordSecret, ' +
      "tlsSecret, caSecret, sslMode, version.",
  ],
  [
    "a host with its port",
    server({ host: "db.example.com:5432/orders" }),
    'server.host = "db.example.com:5432/orders": is not a valid host name or address. Write the name or the address ' +
      "alone; the port is in server.port.",
  ],
  [
    "the pod itself",
    server({ host: "localhost" }),
    'server.host = "localhost": is the pod itself that imports, and nothing runs there. Use the name or the address by ' +
      "which pods reach the server.",
  ],
  [
    "the cluster itself",
    server({ host: "orders-rw" }),
    'server.host = "orders-rw": is this cluster itself, which does not exist yet. Use the server that the data come from.',
  ],
  [
    "a server that is to be verified by nothing",
    server({ sslMode: "verify-full" }),
    'server.sslMode = "verify-full": needs the authority to verify the server by, which server.caSecret names. Set ' +
      "server.caSecret, or use require, which verifies nothing.",
  ],
  [
    "an authority that nothing is verified by",
    server({ sslMode: "prefer", caSecret: { name: "ca", key: "ca.crt" } }),
    'server.caSecret = "[not shown]": has no effect with sslMode prefer, which verifies nothing. Remove it, or use ' +
      "verify-full.",
  ],
  [
    "a certificate without TLS",
    server({ sslMode: "disable", tlsSecret: "reader-tls" }),
    'server.sslMode = "disable": does not guarantee TLS, without which server.tlsSecret is not presented. Use require or ' +
      "more.",
  ],
  [
    "a mode of TLS that there is not",
    server({ sslMode: "verify" }),
    'server.sslMode = "verify": is not a valid value. Use one of "disable", "prefer", "require", "verify-ca", "verify-full".',
  ],
  [
    "a newer server",
    { ...server({ version: 18 }) },
    "version = 17: must be at least 18, the version of the server: pg_dump reads no newer one than itself. Use 18 or higher.",
  ],
  [
    "a base backup of another version",
    { ...server({ version: 16 }), ...baseBackup() },
    "version = 17: must be 16, the version of the server: no other can read its files. Use 16 and upgrade afterwards, or " +
      "import by microservice or monolith.",
  ],
  [
    "a method that there is not",
    { import: { method: "pg_dump" } },
    'import.method = "pg_dump": is not a valid value. Use one of "microservice", "monolith", "base-backup".',
  ],
  [
    "several databases in a microservice import",
    { import: { databases: ["orders", "audit"] } },
    'import.databases = ["orders","audit"]: must be exactly one database: a microservice import takes no more. Use method ' +
      "monolith, or an ImportedCluster for each.",
  ],
  [
    "all databases in a microservice import",
    { import: { databases: ["*"] } },
    'import.databases = ["*"]: must be exactly one database: a microservice import takes no more. Use method monolith, or ' +
      "an ImportedCluster for each.",
  ],
  [
    "roles in a microservice import",
    { import: { roles: ["reader"] } },
    'import.roles = ["reader"]: must not be set: a microservice import takes no roles along. Declare them in roles, or use ' +
      "method monolith.",
  ],
  [
    "a database that is imported twice, and a template",
    monolith({ databases: ["orders", "template1", "orders"] }),
    'import.databases[2] = "orders": is already import.databases[0]. Remove one of the two.',
    'import.databases[1] = "template1": is a template, and every cluster has its own. Remove it.',
  ],
  [
    "all databases and one more",
    monolith({ databases: ["*", "orders"] }),
    'import.databases = ["*","orders"]: has "*" for all databases, and others beside it. Use ["*"] alone, or name the ' +
      "databases.",
  ],
  [
    "a monolith without the applications' database",
    monolith({ databases: ["audit"] }),
    'import.databases = ["audit"]: must contain orders, the name of the cluster\'s database, which would be empty. Add it, ' +
      "or set database.name to one of these.",
  ],
  [
    "roles that are there already",
    monolith({ roles: ["postgres", "sales", "reader", "reader"] }),
    'import.roles[3] = "reader": is already import.roles[2]. Remove one of the two.',
    'import.roles[0] = "postgres": is in every cluster already, and is not imported. Remove it.',
    'import.roles[1] = "sales": is created with the cluster, as the owner of its database, with its own password. Remove it.',
  ],
  [
    "all roles and one more",
    monolith({ roles: ["*", "reader"] }),
    'import.roles = ["*","reader"]: has "*" for all roles, and others beside it. Use ["*"] alone, or name the roles.',
  ],
  [
    "SQL after a monolith",
    monolith({ postImportApplicationSQL: ["ANALYZE"] }),
    'import.postImportApplicationSQL = "[not shown]": is run after a microservice import only: a monolith has no one ' +
      "database for it. Remove it, and run the SQL once the cluster serves.",
  ],
  [
    "SQL with a password",
    { import: { postImportApplicationSQL: ["ALTER ROLE reader PASSWORD 'hunter-2'"] } },
    'import.postImportApplicationSQL[0] = "[not shown]": sets a password, which anyone who may read the Cluster could see. ' +
      'Declare the role in roles with password: "generated" or a passwordSecret.',
  ],
  [
    "options that the operator sets",
    {
      import: {
        pgDumpExtraOptions: ["--dbname=orders", "--jobs=4", "-Fc"],
        pgRestoreExtraOptions: ["--clean", "--host=db"],
        pgRestoreDataOptions: ["--data-only"],
      },
    },
    'import.pgDumpExtraOptions[0] = "--dbname=orders": is set by the operator. Remove it; import.databases says which.',
    'import.pgDumpExtraOptions[2] = "-Fc": is set by the operator, which restores what it has dumped in three sections. ' +
      "Remove it.",
    'import.pgRestoreExtraOptions[0] = "--clean": drops or creates databases, which the operator does itself. Remove it.',
    'import.pgRestoreExtraOptions[1] = "--host=db": is set by the operator. Remove it; server says where and as whom.',
    'import.pgRestoreDataOptions[0] = "--data-only": does not go with the sections in which the operator restores. Use ' +
      "import.schemaOnly for the schema without rows, and remove it.",
  ],
  [
    "an option that is none",
    { import: { pgDumpExtraOptions: ["jobs=4"] } },
    'import.pgDumpExtraOptions[0] = "jobs=4": is not a valid option of the command, which takes no other arguments here. ' +
      'Write an option with its value, such as "--jobs=4".',
  ],
  [
    "a base backup of a part",
    { ...baseBackup({ databases: ["orders"], schemaOnly: true }) },
    'import.databases = ["orders"]: must not be set with method base-backup, which has every database and every role of ' +
      "the server. Remove it, or use microservice or monolith.",
    "import.schemaOnly = true: must not be set with method base-backup, which has every database and every role of the " +
      "server. Remove it, or use microservice or monolith.",
  ],
  [
    "a base backup with another locale",
    {
      ...baseBackup(),
      database: { name: "orders", owner: "sales", locale: "C", dataChecksums: true },
    },
    'database.locale = "C": must not be set with method base-backup, which has it from the server, page by page. Remove ' +
      "it, or use microservice or monolith.",
    "database.dataChecksums = true: must not be set with method base-backup, which has it from the server, page by page. " +
      "Remove it, or use microservice or monolith.",
  ],
  [
    "an owner that is not the application's",
    { database: { name: "orders", owner: "postgres" } },
    'database.owner = "postgres": is reserved for PostgreSQL and the operator. Use another name, one that does not begin ' +
      "with pg_ or cnpg_.",
  ],
];

test.each(mistakes)("an import is refused: %s", async (_, wrong, ...says) => {
  const declare = () => new ImportedCluster("orders", { ...IMPORT, ...wrong });
  expect(await refusalOf(declare)).toEqual(says);
});
