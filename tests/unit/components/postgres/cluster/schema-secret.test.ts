import * as pulumi from "@pulumi/pulumi";
import { setsPassword } from "../../../../../components/postgres/cluster/rules/database/sql-passwords";
import { PostgresCluster } from "../../../../../components";
import { MINIMAL } from "../../../support/cluster-fixtures";
import { only, registrations, secret } from "../../../support/registrations";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const SECRET = "kubernetes:core/v1:Secret";
const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";

const TABLE = "CREATE TABLE a ();";
const ROLE = "CREATE ROLE b PASSWORD 'hunter2hunter2';";

test("SQL that is a secret is stored in a Secret, and the rest with it, in its order", async () => {
  const registered = await registrations(() => {
    const schema = [TABLE, pulumi.secret(ROLE)];
    new PostgresCluster("orders", { ...MINIMAL, database: { schema, extensions: ["citext"] } });
  });
  expect(registered.filter(({ type }) => type === CONFIG_MAP)).toEqual([]);
  const { inputs, additionalSecretOutputs } = only(registered, SECRET, "orders-schema");
  expect(additionalSecretOutputs).toEqual(["data", "stringData"]);
  expect(inputs).toEqual(
    expect.objectContaining({
      stringData: secret({
        "000-extensions.sql": 'CREATE EXTENSION IF NOT EXISTS "citext";\n',
        "001-schema.sql": `SET ROLE "app";\n${TABLE}\n;\nRESET ROLE;\n`,
        "002-schema.sql": `SET ROLE "app";\n${ROLE}\n;\nRESET ROLE;\n`,
      }),
    }),
  );
  const name = "orders-schema";
  expect(only(registered, CLUSTER).inputs).toHaveProperty(
    "spec.bootstrap.initdb.postInitApplicationSQLRefs",
    {
      secretRefs: [
        { name, key: "000-extensions.sql" },
        { name, key: "001-schema.sql" },
        { name, key: "002-schema.sql" },
      ],
    },
  );
  const elsewhere = registered.filter(({ type, name: own }) => type !== SECRET || own !== name);
  expect(JSON.stringify(elsewhere)).not.toContain("hunter2");
});

describe("a password is set by", () => {
  test.each([
    "ALTER ROLE a PASSWORD 'x'",
    "create user a with encrypted  password'x'",
    "CREATE ROLE a PASSWORD E'x'",
    "CREATE ROLE a PASSWORD\n  'SCRAM-SHA-256$4096:x'",
    "ALTER ROLE a PASSWORD $$x$$",
    "CREATE USER MAPPING FOR a SERVER b OPTIONS (user 'a', password 'x')",
    "CREATE SUBSCRIPTION a CONNECTION 'host=b password=x' PUBLICATION c",
    "SELECT dblink('dbname=a  password = x', 'SELECT 1')",
  ])("%s", (sql) => {
    expect(setsPassword(sql)).toBe(true);
  });

  test.each([
    "ALTER ROLE a PASSWORD NULL",
    "ALTER ROLE a PASSWORD ''",
    "CREATE TABLE users (name text, password text NOT NULL DEFAULT '')",
    "INSERT INTO users (name, password) VALUES ('a', crypt($1, gen_salt('bf')))",
    "UPDATE users SET password = $1 WHERE name = 'a'",
    "COMMENT ON COLUMN users.password IS 'a hash'",
  ])("not by %s", (sql) => {
    expect(setsPassword(sql)).toBe(false);
  });
});
