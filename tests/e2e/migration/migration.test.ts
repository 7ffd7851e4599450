/** Databases of a PostgreSQL that nobody manages, moved by each method; and what is told when they cannot be. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { eventually, npmRun, npmRunOk } from "../support/commands";
import { apply, directOk } from "../support/direct";
import { OldServer } from "./old-server";
import { databaseSize, operatorSize } from "../support/sizes";

const minute = 60_000;

jest.setTimeout(10 * minute);

const namespace = "shop";
const stack = ["--stack", "migration"];
const folder = mkdtempSync(join(tmpdir(), "ha-postgres-migration-"));
const file = join(folder, "Pulumi.migration.yaml");
const old = new OldServer("old-db", namespace);

const password = "Password-of-the-old-1";
const size = { ...databaseSize, instances: 1 };
const database = { name: "shop", owner: "shop" };
const server = (user: string, key = "password") => ({
  host: old.host,
  user,
  passwordSecret: { name: "old-db", key },
  caSecret: { name: "old-db", key: "ca.crt" },
});

const imports = {
  micro: {
    ...size,
    server: server("postgres"),
    database,
    import: { postImportApplicationSQL: ["CREATE TABLE after_import AS SELECT 1 AS id"] },
  },
  mono: {
    ...size,
    server: server("postgres"),
    database,
    import: { method: "monolith", databases: ["*"], pgRestoreExtraOptions: ["--jobs=2"] },
  },
  live: { ...size, server: server("postgres"), database, import: { schemaOnly: true } },
  base: { ...size, server: server("copy"), database, import: { method: "base-backup" } },
};

/** What is wrong with each, in the order of their keys. */
const wrong = {
  "bad-password": { ...imports.micro, server: server("postgres", "wrong") },
  "bad-database": { ...imports.micro, import: { databases: ["shp"] } },
  "bad-host": { ...imports.micro, server: { ...server("postgres"), host: "10.200.0.250" } },
  "bad-role": { ...imports.base, server: server("reader") },
  "bad-rights": { ...imports.mono, server: server("reader"), import: { method: "monolith" } },
  "bad-secret": { ...imports.micro, server: server("postgres", "none") },
};

function declare(declared: object): void {
  const config = {
    "ha-postgres:namespace": { name: namespace, create: false },
    "ha-postgres:platform": { cloudNativePg: operatorSize },
    "ha-postgres:imports": declared,
  };
  writeFileSync(file, stringify({ config }));
}

const up = () => npmRun("up", ...stack, "--config-file", file);

/** SQL as the superuser of an imported cluster. */
async function inCluster(cluster: string, sql: string, name = "shop"): Promise<string> {
  const inPod = ["exec", `${cluster}-1`, `--namespace=${namespace}`, "--container=postgres", "--"];
  const answer = await directOk(
    ...inPod,
    "psql",
    "--no-psqlrc",
    "-tA",
    `--dbname=${name}`,
    "-c",
    sql,
  );
  return answer.trim();
}

/** SQL as the owner, with the password of the new cluster's Secret. */
async function asOwner(cluster: string, sql: string): Promise<string> {
  const secret = ["get", "secret", `${cluster}-app`, `--namespace=${namespace}`];
  const encoded = await directOk(...secret, "--output=jsonpath={.data.password}");
  const login = Buffer.from(encoded, "base64").toString();
  const uri = `postgresql://shop:${login}@${cluster}-rw:5432/shop?sslmode=require`;
  const inPod = ["exec", `${cluster}-1`, `--namespace=${namespace}`, "--container=postgres", "--"];
  return (await directOk(...inPod, "psql", uri, "--no-psqlrc", "-tAc", sql)).trim();
}

beforeAll(async () => {
  await npmRunOk("sandbox", "stop");
  await npmRunOk("sandbox", "start");
  await apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  const certificate = await old.start();
  await apply({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "old-db", namespace },
    stringData: { password, wrong: "something-else", "ca.crt": certificate },
  });
  const login = `LOGIN PASSWORD '${password}'`;
  await old.run(
    "postgres",
    `ALTER ROLE postgres PASSWORD '${password}'`,
    `CREATE ROLE shop ${login}`,
    `CREATE ROLE reader ${login}`,
    "CREATE ROLE reporting",
    "GRANT reporting TO reader",
    `CREATE ROLE copy REPLICATION ${login}`,
    "CREATE DATABASE shop OWNER shop",
    "CREATE DATABASE audit OWNER reader",
  );
  await old.run(
    "shop",
    "CREATE EXTENSION pg_trgm",
    "SET ROLE shop",
    "CREATE TABLE orders (id int PRIMARY KEY, note text)",
    "INSERT INTO orders SELECT g, 'order ' || g FROM generate_series(1, 10000) g",
    "CREATE INDEX ON orders USING gin (note gin_trgm_ops)",
    "GRANT SELECT ON orders TO reporting",
  );
  await old.run("audit", "CREATE TABLE log AS SELECT g FROM generate_series(1, 500) g");
}, 60 * minute);

afterAll(async () => {
  await npmRunOk("sandbox", "stop");
  rmSync(folder, { recursive: true });
});

describe("A server that can be imported", () => {
  test("is imported by each method", async () => {
    declare(imports);
    const from = Date.now();
    const { code, all } = await up();
    expect(code === 0 ? "" : all).toBe("");
    console.log(`platform and three imports: ${(Date.now() - from) / 1000} s`);
  });

  test.each(["micro", "mono", "base"])(
    "%s has its rows, for the owner's new password",
    async (one) => {
      expect(await asOwner(one, "SELECT count(*), sum(id) FROM orders")).toBe("10000|50005000");
      expect(
        await inCluster(one, "SELECT tableowner FROM pg_tables WHERE tablename = 'orders'"),
      ).toBe("shop");
      expect(await inCluster(one, "SELECT rolsuper FROM pg_roles WHERE rolname = 'shop'")).toBe(
        "f",
      );
      expect(
        await inCluster(one, "SELECT extname FROM pg_extension WHERE extname = 'pg_trgm'"),
      ).toBe("pg_trgm");
      expect(await inCluster(one, "SELECT pg_is_in_recovery()")).toBe("f");
    },
  );

  test("a microservice import has no roles of the server, and what ran after it", async () => {
    expect(
      await inCluster(
        "micro",
        "SELECT count(*) FROM pg_roles WHERE rolname IN ('reader', 'reporting', 'copy')",
      ),
    ).toBe("0");
    expect(await inCluster("micro", "SELECT count(*) FROM after_import")).toBe("1");
    expect(
      await inCluster("micro", "SELECT count(*) FROM pg_database WHERE datname = 'audit'"),
    ).toBe("0");
  });

  test.each(["mono", "base"])(
    "%s has the other database, the roles and what they may do",
    async (one) => {
      expect(await inCluster(one, "SELECT count(*) FROM log", "audit")).toBe("500");
      const owner = "SELECT datdba::regrole FROM pg_database WHERE datname = 'audit'";
      expect(await inCluster(one, owner)).toBe("reader");
      const reads = "SELECT has_table_privilege('reader', 'orders', 'SELECT')";
      expect(await inCluster(one, reads)).toBe("t");
      const kept =
        "SELECT rolpassword LIKE 'SCRAM-SHA-256$%' FROM pg_authid WHERE rolname = 'reader'";
      expect(await inCluster(one, kept)).toBe("t");
    },
  );
});

describe("A server that goes on to be written to", () => {
  const subscription = {
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Subscription",
    metadata: { name: "from-old-db", namespace },
    spec: {
      cluster: { name: "live" },
      name: "from_old_db",
      dbname: "shop",
      externalClusterName: "server",
      publicationName: "moving",
      publicationDBName: "shop",
      subscriptionReclaimPolicy: "delete",
    },
  };
  const rows = () => inCluster("live", "SELECT count(*) FROM orders");
  const arrived = (count: string) => eventually(rows, (now) => now === count, minute);

  test("has sent its schema alone", async () => {
    expect(await rows()).toBe("0");
  });

  test("sends its rows, and those that come later", async () => {
    await old.run("shop", "CREATE PUBLICATION moving FOR ALL TABLES");
    await apply(subscription);
    await arrived("10000");
    await old.run("shop", "INSERT INTO orders VALUES (10001, 'written meanwhile')");
    await arrived("10001");
  });

  test("is let go of with its slot, once nobody writes there any more", async () => {
    await directOk("delete", "subscription/from-old-db", `--namespace=${namespace}`);
    await eventually(
      () => old.run("postgres", "SELECT count(*) FROM pg_replication_slots"),
      (count) => count.trim() === "0",
      minute,
    );
    expect(await asOwner("live", "SELECT note FROM orders WHERE id = 10001")).toBe(
      "written meanwhile",
    );
    // As before, for what comes after.
    await old.run("shop", "DROP PUBLICATION moving", "DELETE FROM orders WHERE id = 10001");
  });
});

describe("A server that cannot be imported", () => {
  let told = "";
  let seconds = 0;

  beforeAll(async () => {
    declare({ ...imports, ...wrong });
    const from = Date.now();
    const { code, all } = await up();
    seconds = (Date.now() - from) / 1000;
    expect(code).toBe(1);
    told = all;
  });

  test("is told within about a minute, with all that is wrong", () => {
    console.log(`six imports that cannot be: told after ${seconds} s\n${told}`);
    expect(told).toContain(
      "server.passwordSecret: the server refuses the role postgres with the password in old-db.",
    );
    expect(told).toContain(
      "import.databases: the server has no database shp; it has audit, postgres, shop.",
    );
    expect(told).toMatch(
      /server\.host: (no answer from|nothing listens at) 10\.200\.0\.250, port 5432/,
    );
    expect(told).toContain("server.user: the role reader must have REPLICATION for a base backup.");
    expect(told).toContain("server.user: the role reader cannot read pg_authid");
    expect(told).toContain("server.passwordSecret: the Secret old-db has no such key");
    expect(told).not.toContain(password);
    expect(seconds).toBeLessThan(75);
  });

  test("has created no cluster, and no volume", async () => {
    const names = await directOk(
      ...["get", "clusters.postgresql.cnpg.io,persistentvolumeclaims", `--namespace=${namespace}`],
      "--output=name",
    );
    expect(names).not.toContain("bad-");
  });
});

test("afterwards the server may be gone", async () => {
  declare(imports);
  await old.remove();
  await directOk("delete", "secret/old-db", `--namespace=${namespace}`);
  const { code, all } = await up();
  expect(code === 0 ? "" : all).toBe("");
  await npmRunOk("pulumi", ...stack, "preview", "--expect-no-changes");
  expect(await asOwner("base", "SELECT count(*) FROM orders")).toBe("10000");
});
