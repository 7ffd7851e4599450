/** Roles of a stack: what they may do, that it follows the stack's file, and that another password breaks nothing. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { parseDocument } from "yaml";
import { eventually, npmRun, npmRunOk, root } from "../support/commands";
import { asSuperuser, ownerAccess, primaryPod, query, secret, through } from "../support/database";
import { as, codeOf, DENIED, WRONG_PASSWORD } from "./role-login";

const minute = 60_000;

jest.setTimeout(6 * minute);

const folder = mkdtempSync(join(tmpdir(), "ha-postgres-roles-"));
const file = join(folder, "Pulumi.roles.yaml");

const generated = { login: true, password: "generated" };

interface Roles {
  reader?: object;
  writer?: object;
  auditor?: object;
}

/** The dev stack with these roles; it is a database's owner who grants, the second one's is a role itself. */
function write({ reader, writer, auditor }: Roles, database: object = {}): void {
  const stack = parseDocument(readFileSync(join(root, "Pulumi.dev.yaml"), "utf8"));
  const main = ["config", "ha-postgres:clusters", "main"];
  for (const [key, value] of Object.entries(database)) {
    stack.setIn([...main, "database", key], value);
  }
  stack.setIn([...main, "databases"], [{ name: "audit", owner: "auditor" }]);
  stack.setIn([...main, "networkPolicy"], { clients: [] });
  stack.setIn([...main, "certificateUsers"], ["robot"]);
  stack.setIn(
    [...main, "roles"],
    [
      { name: "reader", ...generated, ...reader },
      { name: "writer", ...generated, ...writer },
      { name: "auditor", ...generated, database: "audit", ...auditor },
      { name: "robot", login: true, password: "none", inRoles: ["reader"] },
    ],
  );
  writeFileSync(file, String(stack));
}

/** Deploys it. There is nothing left to do after that. */
async function deployed(roles: Roles, database?: object): Promise<void> {
  write(roles, database);
  await npmRunOk("up", "--config-file", file);
  await npmRunOk("pulumi", "preview", "--expect-no-changes");
}

const readOnly = { grants: [{ access: "read-only" }, { access: "read-only", database: "audit" }] };
const readWrite = { grants: [{ access: "read-write" }], passwordMaxAge: "90d" };

beforeAll(async () => {
  await deployed({ reader: readOnly, writer: readWrite });
}, 60 * minute);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("a reader reads and does not write, a writer does both, and neither creates", async () => {
  const reader = await as("main-reader");
  const writer = await as("main-writer");
  expect(await query(reader, "SELECT count(*)::int > 0 AS some FROM greeting")).toEqual([
    { some: true },
  ]);
  const insert = "INSERT INTO greeting (text) VALUES ('hello from the writer')";
  expect(await codeOf(query(reader, insert))).toBe(DENIED);
  expect(await codeOf(query(writer, insert))).toBe("done");
  expect(await codeOf(query(writer, "CREATE TABLE of_writer ()"))).toBe(DENIED);
});

test("a table that the owner creates later is covered, with its sequence", async () => {
  const owner = await through("main-rw", await ownerAccess("main"));
  await query(owner, "DROP TABLE IF EXISTS later");
  await query(owner, "CREATE TABLE later (id serial PRIMARY KEY)");
  const insert = "INSERT INTO later DEFAULT VALUES RETURNING id";
  expect(await query(await as("main-writer"), insert)).toEqual([{ id: 1 }]);
  expect(await query(await as("main-reader"), "SELECT id FROM later")).toEqual([{ id: 1 }]);
  expect(await codeOf(query(await as("main-reader"), insert))).toBe(DENIED);
});

test("the owner of another database grants in it", async () => {
  const auditor = await as("main-auditor");
  expect(auditor.database).toBe("audit");
  // In PostgreSQL it may, as its owner.
  await query(auditor, "CREATE TABLE IF NOT EXISTS events (id int)");
  const reader = { ...(await as("main-reader")), database: "audit" };
  expect(await query(reader, "SELECT count(*)::int AS events FROM events")).toEqual([
    { events: 0 },
  ]);
  expect(await codeOf(query(reader, "INSERT INTO events VALUES (1)"))).toBe(DENIED);
});

test("a role logs in by the certificate that the operator issues, and by no password", async () => {
  const { ca } = await ownerAccess("main");
  const certificate = await secret("main-robot-client-cert");
  const access = await through("main-rw", { user: "robot", password: "any", ca });
  const ssl = {
    ...(access.ssl as object),
    cert: certificate["tls.crt"],
    key: certificate["tls.key"],
  };
  const question = "SELECT current_user AS who FROM greeting LIMIT 1";
  expect(await query({ ...access, ssl }, question)).toEqual([{ who: "robot" }]);
  expect(await codeOf(query(access, question))).toBe("28000");
});

test("the Secret of a pooler connects through it", async () => {
  expect(
    await query(await as("main-pooler-reader", "main-pooler"), "SELECT current_user AS who"),
  ).toEqual([{ who: "reader" }]);
});

test("grants that leave the list are revoked, and other passwords apply while open connections go on", async () => {
  const owner = await through("main-rw", await ownerAccess("main"));
  const reader = await as("main-reader");
  const before = {
    direct: await as("main-writer"),
    pooled: await as("main-pooler-writer", "main-pooler"),
  };
  const open = [before.direct, before.pooled, owner].map((config) => new Client(config));
  const backend = "SELECT pg_backend_pid() AS pid";
  try {
    await Promise.all(open.map((client) => client.connect()));
    const pids = await Promise.all(open.map((client) => client.query(backend)));
    await deployed(
      { reader: { grants: [] }, writer: { ...readWrite, passwordVersion: 2 } },
      { passwordVersion: 2 },
    );
    const after = {
      direct: await as("main-writer"),
      pooled: await as("main-pooler-writer", "main-pooler"),
    };
    const ownerAfter = await through("main-rw", await ownerAccess("main"));
    expect([after.direct.password, ownerAfter.password]).not.toEqual([
      before.direct.password,
      owner.password,
    ]);
    const from = Date.now();
    const answers = () =>
      Promise.all(
        [after.direct, after.pooled, ownerAfter].map((config) => codeOf(query(config, backend))),
      );
    await eventually(answers, (all) => all.every((answer) => answer === "done"), minute / 2);
    console.log(`the new passwords apply ${(Date.now() - from) / 1000} s after the deployment`);

    const denied = await Promise.all([
      codeOf(query(before.direct, backend)),
      codeOf(query(owner, backend)),
      query(before.pooled, backend).catch((error: unknown) => String(error)),
    ]);
    expect(denied.slice(0, 2)).toEqual([WRONG_PASSWORD, WRONG_PASSWORD]);
    expect(denied[2]).toMatch(/SASL authentication failed|password authentication failed/);

    const now = await Promise.all(open.map((client) => client.query(backend)));
    // That of the pooler may have got another server connection.
    expect([now[0]?.rows, now[2]?.rows]).toEqual([pids[0]?.rows, pids[2]?.rows]);
    expect(now[1]?.rows).toHaveLength(1);
  } finally {
    await Promise.all(open.map((client) => client.end()));
  }
  expect(await codeOf(query(reader, "SELECT FROM greeting"))).toBe(DENIED);
  expect(await codeOf(query({ ...reader, database: "audit" }, "SELECT FROM events"))).toBe(DENIED);
});

test("no password is in an object or a log of what grants", async () => {
  const passwords = await Promise.all(
    ["main-app", "main-reader", "main-writer", "main-auditor"].map((name) => secret(name)),
  );
  const jobs = await npmRunOk(
    ...(["sandbox", "kubectl", "get", "jobs,pods", "--namespace=databases"] as const),
    "--selector=app.kubernetes.io/part-of=ha-postgres",
    "--output=yaml",
  );
  const logs = await npmRunOk(
    ...(["sandbox", "kubectl", "logs", "--namespace=databases"] as const),
    ...["--selector=app.kubernetes.io/name=sql-job", "--tail=-1"],
  );
  expect(jobs).toContain("GRANT SELECT, INSERT, UPDATE, DELETE");
  for (const { password } of passwords) {
    expect(password).toHaveLength(32);
    expect(jobs + logs).not.toContain(password);
  }
});

describe("what is not there is told within a minute, with the statement, and done once it is there", () => {
  const rotated = { passwordVersion: 2 };
  const writer = { ...readWrite, ...rotated };

  async function fails(grant: object, ...words: string[]): Promise<void> {
    write({ reader: { grants: [grant] }, writer }, rotated);
    const from = Date.now();
    const { code, all } = await npmRun("up", "--config-file", file);
    const seconds = (Date.now() - from) / 1000;
    console.log(`${words[0] ?? ""}: told after ${seconds} s`);
    expect(code).toBe(1);
    for (const word of words) expect(all).toContain(word);
    expect(seconds).toBeLessThan(60);
  }

  test("a schema", async () => {
    await fails(
      { access: "read-only", schema: "later" },
      'ERROR:  schema "later" does not exist',
      'STATEMENT:  GRANT USAGE ON SCHEMA "later" TO "reader";',
    );
    const owner = await through("main-rw", await ownerAccess("main"));
    await query(owner, "CREATE SCHEMA later");
    // The Job that has failed is run again, with the same SQL.
    await npmRunOk("up", "--config-file", file);
    await query(owner, "CREATE TABLE later.there ()");
    expect(await codeOf(query(await as("main-reader"), "SELECT FROM later.there"))).toBe("done");
    await query(owner, "DROP SCHEMA later CASCADE");
  });

  test("a table", () =>
    fails(
      { access: "read-only", tables: ["nowhere"] },
      'ERROR:  relation "public.nowhere" does not exist',
      'STATEMENT:  GRANT SELECT ON TABLE "public"."nowhere" TO "reader";',
    ));

  test("a role", async () => {
    const primary = await primaryPod("main");
    await asSuperuser(primary, "ALTER ROLE reader RENAME TO gone");
    try {
      await fails(
        { access: "read-only" },
        'ERROR:  role "reader" does not exist',
        "STATEMENT:  GRANT CONNECT ON DATABASE app TO reader",
      );
    } finally {
      await asSuperuser(await primaryPod("main"), "ALTER ROLE gone RENAME TO reader");
    }
    await deployed({ reader: readOnly, writer }, rotated);
    expect(await codeOf(query(await as("main-reader"), "SELECT FROM greeting"))).toBe("done");
  });
});
