/** A role whose Secret is missing, and one that somebody has changed in PostgreSQL. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { eventually, kubectl, npmRunOk, root, run } from "../support/commands";
import { asSuperuser, ownerAccess, primaryPod, query, secret, through } from "../support/database";

const minute = 60_000;

jest.setTimeout(8 * minute);

const folder = mkdtempSync(join(tmpdir(), "ha-postgres-role-faults-"));
const file = join(folder, "Pulumi.roles.yaml");
const inDatabases = "--namespace=databases";

const reader = { name: "reader", login: true, password: "generated" };

/** The dev stack with a single instance and these roles. */
function write(...roles: object[]): void {
  const stack = parseDocument(readFileSync(join(root, "Pulumi.dev.yaml"), "utf8"));
  const main = ["config", "ha-postgres:clusters", "main"];
  stack.deleteIn(["config", "ha-postgres:poolers"]);
  stack.setIn([...main, "instances"], 1);
  stack.setIn([...main, "networkPolicy"], { clients: [] });
  stack.setIn([...main, "roles"], roles);
  writeFileSync(file, String(stack));
}

const answerOf = (asked: Promise<unknown>) =>
  asked.then(
    () => "done",
    (error: unknown) => (error as { code?: string }).code,
  );

async function as(user: string, password: string): Promise<string | undefined> {
  const { ca } = await ownerAccess("main");
  return answerOf(query(await through("main-rw", { user, password, ca }), "SELECT"));
}

beforeAll(async () => {
  write(reader);
  await npmRunOk("up", "--config-file", file);
}, 60 * minute);

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await npmRunOk("sandbox", "stop");
}, 5 * minute);

test("what somebody has changed in PostgreSQL stays, and is set back on demand", async () => {
  const { password = "" } = await secret("main-reader");
  const primary = await primaryPod("main");
  const attributes = () =>
    asSuperuser(primary, "SELECT rolcreatedb, rolconnlimit FROM pg_roles WHERE rolname = 'reader'");
  expect([await attributes(), await as("reader", password)]).toEqual(["f|-1\n", "done"]);
  await asSuperuser(primary, "ALTER ROLE reader CREATEDB CONNECTION LIMIT 1 PASSWORD 'by hand'");
  await npmRunOk("up", "--config-file", file);
  expect([await attributes(), await as("reader", password)]).toEqual(["t|1\n", "28P01"]);
  const from = Date.now();
  await kubectl(
    ...["patch", "databaserole", "main-reader", inDatabases, "--subresource=status"],
    ...["--type=merge", '--patch={"status":{"applied":false}}'],
  );
  await eventually(attributes, (now) => now === "f|-1\n", minute / 2);
  console.log(`a role is set back ${(Date.now() - from) / 1000} s after it was asked for`);
  expect(await as("reader", password)).toBe("done");
});

test("a Secret that is missing is named within a minute, and the role is there once it is", async () => {
  write(reader, { name: "late", login: true, passwordSecret: "late-login" });
  const from = Date.now();
  const since = () => (Date.now() - from) / 1000;
  let told = Infinity;
  const { code, all } = await run(
    "npm",
    ["run", "--silent", "up", "--", "--config-file", file],
    (text) => {
      if (text.includes('role main-late in databases: secrets "late-login" not found')) {
        told = Math.min(told, since());
      }
    },
  );
  console.log(`a missing Secret: told after ${told} s, ended after ${since()} s\n${all}`);
  expect(code).toBe(1);
  expect(told).toBeLessThan(60);
  await kubectl(
    ...["create", "secret", "generic", "late-login", inDatabases],
    "--type=kubernetes.io/basic-auth",
    ...["--from-literal=username=late", "--from-literal=password=not-a-real-one"],
  );
  await npmRunOk("up", "--config-file", file);
  expect(await as("late", "not-a-real-one")).toBe("done");
});
