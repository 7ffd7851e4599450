/**
 * All that an application team needs, in one stack: two databases, five roles, grants, jobs, SQL of a superuser, files, a pooler
 * that clients outside reach, credentials of a registry, a namespace that exists. Then each is changed, and nothing else with it.
 */
import { createHash } from "node:crypto";
import type { ClientConfig } from "pg";
import { eventually, kubectlJson, npmRunOk } from "../support/commands";
import { ownerAccess, primaryPod, query, secret, through } from "../support/database";
import { apply, directOk } from "../support/direct";
import { databaseSize, operatorSize } from "../support/sizes";
import { EncryptedFile } from "./encrypted-file";
import { as, codeOf, DENIED, WRONG_PASSWORD } from "./role-login";

const minute = 60_000;

jest.setTimeout(6 * minute);

const stack = ["--stack", "team"];
const file = new EncryptedFile("team", "of-this-test-alone");
const inDatabases = "--namespace=databases";

/** How nodes know this machine. */
const own = "10.200.0.1";

const generated = { login: true, password: "generated" };
const reader = { name: "reader", ...generated, grants: [{ access: "read-only" }] };
const writer = { name: "writer", ...generated, grants: [{ access: "read-write" }] };

const config = {
  "kubernetes:enableSecretMutable": "true",
  "ha-postgres:namespace": { name: "databases", create: false },
  "ha-postgres:mirror": { imagePullSecrets: ["registry"] },
  "ha-postgres:platform": { cloudNativePg: operatorSize },
  "ha-postgres:secrets": {
    registry: { data: {}, type: "kubernetes.io/dockerconfigjson" },
    platform: { data: { "words.txt": "quorum\n" } },
  },
  "ha-postgres:clusters": {
    main: {
      ...databaseSize,
      instances: 2,
      sharedPreloadLibraries: ["pg_cron"],
      database: {
        extensions: ["pg_cron"],
        schema: ["CREATE TABLE orders (id serial PRIMARY KEY, who text DEFAULT current_user)"],
        sql: [{ in: "postgres", secret: { name: "platform", key: "roles.sql" } }],
      },
      databases: [{ name: "audit", owner: "app" }],
      certificateUsers: ["robot"],
      roles: [
        reader,
        writer,
        { name: "migrator", ...generated, inRoles: ["app"] },
        { name: "robot", login: true, password: "none", inRoles: ["reader"] },
      ],
      cronJobs: [{ name: "beat", schedule: "1 second", sql: "INSERT INTO orders DEFAULT VALUES" }],
      files: [{ secret: "platform", key: "words.txt", path: "search/words.txt" }],
      timeZone: "Asia/Kathmandu",
    },
    ledger: { ...databaseSize, instances: 1, database: { name: "ledger" } },
  },
  "ha-postgres:poolers": {
    "main-pooler": {
      cluster: "main",
      poolMode: "transaction",
      instances: 2,
      resources: { cpu: "50m", memory: "64Mi" },
      exposed: [{ port: 6432, sourceRanges: [`${own}/32`], externalNames: ["db.example.com"] }],
    },
  },
};

const up = async () => {
  await npmRunOk("up", ...stack, "--config-file", file.path);
  await npmRunOk("pulumi", ...stack, "preview", "--expect-no-changes");
};

const inPod = async (...command: string[]) =>
  directOk(
    ...["exec", await primaryPod("main"), inDatabases, "--container=postgres", "--"],
    ...command,
  );

interface Thing {
  kind: string;
  metadata: { name: string; uid: string; generation?: number };
  data?: Record<string, string>;
}

/** What must stay as it is when something else changes: by kind and name, a Secret by what is in it. */
async function everything(): Promise<Record<string, string>> {
  const kinds = "pods,services,secrets,clusters.postgresql.cnpg.io,poolers.postgresql.cnpg.io";
  const { items } = await kubectlJson<{ items: Thing[] }>("get", kinds, inDatabases);
  const state = ({ metadata: { uid, generation }, data }: Thing) =>
    data === undefined
      ? `${uid} ${generation ?? ""}`
      : createHash("sha256").update(JSON.stringify(data)).digest("hex");
  return Object.fromEntries(
    items
      // The Jobs that grant and schedule have pods, which come and go.
      .filter(({ metadata }) => !/-(grants|cron|check)-/.test(metadata.name))
      .map((thing) => [`${thing.kind} ${thing.metadata.name}`, state(thing)]),
  );
}

/** Names of what is another after a deployment. */
async function changedBy(change: () => void): Promise<string[]> {
  const before = await everything();
  change();
  await up();
  const after = await everything();
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]).sort();
}

beforeAll(async () => {
  await npmRunOk("sandbox", "stop");
  await npmRunOk("sandbox", "start");
  await apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "databases" } });
  file.write(config);
  file.init();
  const login = JSON.stringify({ auths: { "registry.example": { auth: "bm90OnJlYWw=" } } });
  file.setSecret('ha-postgres:secrets.registry.data[".dockerconfigjson"]', login);
  const sql =
    "CREATE ROLE partners NOLOGIN; CREATE ROLE visitor LOGIN PASSWORD 'not-real-Visitor-1'";
  file.setSecret('ha-postgres:secrets.platform.data["roles.sql"]', sql);
  process.env["PULUMI_CONFIG_PASSPHRASE"] = file.passphrase;
  await up();
}, 60 * minute);

afterAll(async () => {
  delete process.env["PULUMI_CONFIG_PASSPHRASE"];
  await npmRunOk("sandbox", "stop");
  file.remove();
});

test("each role may do what it is for, in the database that it is for", async () => {
  const insert = "INSERT INTO orders DEFAULT VALUES";
  const create = (name: string) => `SET ROLE app; CREATE TABLE ${name} (id int)`;
  const asked = async (role: string, sql: string) => codeOf(query(await as(`main-${role}`), sql));
  expect(await asked("reader", "SELECT FROM orders")).toBe("done");
  expect(await asked("reader", insert)).toBe(DENIED);
  expect(await asked("writer", insert)).toBe("done");
  expect(await asked("writer", create("of_writer"))).toBe(DENIED);
  expect(await asked("migrator", create("of_migrator"))).toBe("done");
  expect(await asked("reader", "SELECT FROM of_migrator")).toBe("done");
  expect(await asked("app", "DROP TABLE of_migrator")).toBe("done");

  const { "tls.crt": cert, "tls.key": key } = await secret("main-robot-client-cert");
  const access = await as("main-reader");
  const robot = { ...access, user: "robot", ssl: { ...(access.ssl as object), cert, key } };
  expect(await codeOf(query(robot, "SELECT FROM orders"))).toBe("done");

  const audit = { ...(await as("main-app")), database: "audit" };
  expect(await codeOf(query(audit, "CREATE TABLE events (id int)"))).toBe("done");
  expect(await codeOf(query({ ...access, database: "audit" }, "SELECT FROM events"))).toBe(DENIED);
});

test("the other database has an owner and a password of its own", async () => {
  const { ca } = await ownerAccess("ledger");
  const { username = "", password = "" } = await secret("ledger-app");
  const ledger = await through("ledger-rw", { user: username, password, ca });
  const who = "SELECT current_user AS who, current_database() AS where";
  expect(await query({ ...ledger, database: "ledger" }, who)).toEqual([
    { who: username, where: "ledger" },
  ]);
  expect(password).not.toBe((await secret("main-app"))["password"]);
});

test("SQL of a superuser has run from a Secret, and what it contains is in no other object", async () => {
  const roles = "SELECT rolname FROM pg_roles WHERE rolname IN ('partners', 'visitor') ORDER BY 1";
  expect(await query(await as("main-app"), roles)).toEqual([
    { rolname: "partners" },
    { rolname: "visitor" },
  ]);
  const objects = await directOk(
    ...["get", "configmaps,jobs,pods,clusters.postgresql.cnpg.io", inDatabases, "--output=yaml"],
  );
  expect(objects).not.toContain("not-real-Visitor-1");
});

test("a job of pg_cron runs as the owner", async () => {
  const count = "SELECT count(*)::int AS beats FROM orders WHERE who = 'app'";
  const beats = async () =>
    (await query<{ beats: number }>(await as("main-reader"), count))[0]?.beats ?? 0;
  const before = await beats();
  await eventually(beats, (now) => now > before + 1, minute / 2);
});

test("files, time zone and the registry's credentials are in the pods", async () => {
  expect(await inPod("cat", "/projected/search/words.txt")).toBe("quorum\n");
  expect(await query(await as("main-app"), "SHOW timezone")).toEqual([
    { TimeZone: "Asia/Kathmandu" },
  ]);
  const { type } = await kubectlJson<{ type: string }>("get", "secret", "registry", inDatabases);
  expect(type).toBe("kubernetes.io/dockerconfigjson");
  for (const name of ["main", "ledger"]) {
    const account = await kubectlJson<{ imagePullSecrets: object[] }>(
      ...["get", "serviceaccount", name, inDatabases],
    );
    expect(account.imagePullSecrets).toContainEqual({ name: "registry" });
  }
  const pooled = await directOk(
    ...["get", "pods", inDatabases, "--selector=cnpg.io/poolerName=main-pooler"],
    "--output=jsonpath={.items[*].spec.imagePullSecrets[*].name}",
  );
  expect(pooled).toBe("registry registry");
});

test("a client outside comes in through the pooler, and verifies its name", async () => {
  const { poolerEndpoints } = JSON.parse(
    await npmRunOk("pulumi", ...stack, "stack", "output", "--json"),
  ) as { poolerEndpoints: { "main-pooler": { exposed: { addresses: string[] }[] } } };
  const [host = ""] = poolerEndpoints["main-pooler"].exposed[0]?.addresses ?? [];
  const writerAccess = await as("main-pooler-writer", "main-pooler");
  const ssl = { ...(writerAccess.ssl as object), servername: "db.example.com" };
  const outside = { ...writerAccess, host, port: 6432, ssl };
  const answer = () => query(outside, "SELECT current_user AS who").catch(String);
  await eventually(answer, (rows) => Array.isArray(rows), minute / 2);
  expect(await answer()).toEqual([{ who: "writer" }]);
});

describe("What is changed is all that changes:", () => {
  const path = "ha-postgres:clusters.main";

  test("a password", async () => {
    const before = await as("main-reader");
    const changed = await changedBy(() => {
      file.set(`${path}.roles[0].passwordVersion`, "2");
    });
    expect(changed).toEqual([
      "Secret main-pooler-reader",
      "Secret main-reader",
      "Secret main-reader-verifier",
    ]);
    const login = async (access: ClientConfig) => codeOf(query(access, "SELECT FROM orders"));
    await eventually(
      async () => login(await as("main-reader")),
      (code) => code === "done",
      minute / 2,
    );
    expect(await login(before)).toBe(WRONG_PASSWORD);
  });

  test("a grant", async () => {
    const changed = await changedBy(() => {
      file.set(`${path}.roles[1].grants[0].access`, "read-only");
    });
    expect(changed).toEqual([]);
    const insert = "INSERT INTO orders DEFAULT VALUES";
    expect(await codeOf(query(await as("main-writer"), insert))).toBe(DENIED);
    expect(await codeOf(query(await as("main-writer"), "SELECT FROM orders"))).toBe("done");
  });

  test("a job", async () => {
    const changed = await changedBy(() => {
      file.set(`${path}.cronJobs[0].sql`, "DELETE FROM orders WHERE who = 'app'");
    });
    expect(changed).toEqual([]);
    const count = "SELECT count(*)::int AS beats FROM orders WHERE who = 'app'";
    await eventually(
      async () => query<{ beats: number }>(await as("main-reader"), count),
      ([row]) => row?.beats === 0,
      minute / 2,
    );
  });

  test("who is reached from outside", async () => {
    const changed = await changedBy(() => {
      file.set("ha-postgres:poolers.main-pooler.exposed[0].sourceRanges[0]", "192.0.2.0/24");
    });
    expect(changed).toEqual([]);
  });
});
