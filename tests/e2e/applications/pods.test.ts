/** What is in the pods, SQL at creation and what happens when it is wrong, and 700 clients through three PgBouncers. */
import { setTimeout as sleep } from "node:timers/promises";
import { eventually, kubectlJson, npmRunOk } from "../support/commands";
import { crowd } from "../support/crowd";
import { asSuperuser, instancePods, ownerAccess, query, through } from "../support/database";
import { direct, directOk } from "../support/direct";
import { databaseSize, operatorSize } from "../support/sizes";
import { onStack, type Command } from "../support/stack";

const minute = 60_000;

jest.setTimeout(10 * minute);

const inDatabases = "--namespace=databases";

function stack(command: Command, sql?: string): Promise<unknown> {
  return onStack("pods", command, {
    "ha-postgres:platform": { cloudNativePg: operatorSize },
    "ha-postgres:clusters": { main: databaseSize },
    "ha-postgres:poolers": { "main-pooler": {} },
    ...(sql !== undefined && { "ha-postgres:sql": sql }),
  });
}

const right =
  "CREATE TABLE words (word text);\n" +
  "INSERT INTO words VALUES ('quorum');\n" +
  "CREATE INDEX ON words USING gin (word search.gin_trgm_ops)";
const wrong = right.replace("INSERT INTO words", "INSERT INTO wrods");

beforeAll(async () => {
  await npmRunOk("sandbox", "stop");
  await stack("up");
}, 60 * minute);

afterAll(() => npmRunOk("sandbox", "stop"));

describe("SQL that is wrong", () => {
  let told = "";
  let seconds = 0;

  beforeAll(async () => {
    const from = Date.now();
    told = await stack("up", wrong).then(
      () => "",
      (error: unknown) => (error as Error).message,
    );
    seconds = (Date.now() - from) / 1000;
  });

  test("ends the deployment within about a minute, with the statement", () => {
    console.log(`SQL that is wrong: told after ${seconds} s`);
    expect(told).toContain("database.sql[3].sql fails in the database app: line 2: ERROR:");
    expect(told).toContain('relation "wrods" does not exist');
    expect(told).toContain("STATEMENT:  INSERT INTO wrods VALUES ('quorum');");
    expect(told).not.toContain("not-a-real-one");
    expect(seconds).toBeLessThan(75);
  });

  test("has created no cluster, and no volume", async () => {
    const { items } = await kubectlJson<{ items: unknown[] }>(
      ...["get", "clusters.postgresql.cnpg.io,persistentvolumeclaims", inDatabases],
    );
    expect(items).toEqual([]);
  });
});

describe("Once it is corrected", () => {
  beforeAll(async () => {
    await stack("up", right);
  });

  test("the deployment finishes, and another has nothing to do", async () => {
    await stack("preview", right);
    await stack("drift", right);
  });

  test("SQL has run as superuser from a Secret, in the template and as the owner", async () => {
    const one = (sql: string, database = "app") => inInstance(database, sql);
    expect(await one("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'reporting'")).toBe("t\n");
    expect(await one("SELECT to_regclass('of_template')", "template1")).toBe("of_template\n");
    expect(await one("SELECT to_regclass('of_template')")).toBe("of_template\n");
    expect(await one("SELECT tableowner FROM pg_tables WHERE tablename = 'words'")).toBe("app\n");
    expect(
      await one(
        "SELECT nspname, extversion, nspowner::regrole FROM pg_extension e " +
          "JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'pg_trgm'",
      ),
    ).toBe("search|1.6|app\n");
  });

  test("the owner creates tables in the tablespace", async () => {
    const config = await through("main-rw", await ownerAccess("main"));
    const created = () =>
      query(config, "CREATE TABLE archived (id int) TABLESPACE archive").then(
        () => "",
        (error: unknown) => String(error),
      );
    // The operator creates it a moment after the instance serves.
    await eventually(created, (error) => error === "", 30_000);
    const [row] = await query<{ tablespace: string; owner: string }>(
      config,
      "SELECT spcname AS tablespace, spcowner::regrole AS owner FROM pg_tablespace JOIN pg_class ON reltablespace = " +
        "pg_tablespace.oid WHERE relname = 'archived'",
    );
    expect(row).toEqual({ tablespace: "archive", owner: "app" });
    const volume = await kubectlJson<{ status: { capacity: object } }>(
      ...["get", "persistentvolumeclaim", "main-1-tbs-archive", inDatabases],
    );
    expect(volume.status.capacity).toEqual({ storage: "1Gi" });
  });

  test("files, time zone and variables are in the pods", async () => {
    const inPod = (...command: string[]) =>
      directOk("exec", "main-1", inDatabases, "--container=postgres", "--", ...command);
    expect(await inPod("cat", "/projected/search/words.txt")).toBe("quorum\n");
    expect(await inPod("printenv", "LC_TIME")).toBe("C\n");
    const greeting = ["-c", "psql --tuples-only --no-align <<< \"SELECT :'greeting'\""];
    expect(await inPod("bash", ...greeting)).toBe("from psqlrc\n");
    expect(await inPod("date", "+%z")).toBe("+0545\n");
    expect(await asSuperuser("main-1", "SHOW timezone")).toBe("Asia/Kathmandu\n");
    expect(await asSuperuser("main-1", "SHOW log_timezone")).toBe("UTC\n");
  });

  test("limits are apart, and annotations, pull secrets and `spec` have arrived", async () => {
    const pod = await kubectlJson<{
      metadata: { annotations: Record<string, string> };
      spec: {
        containers: { name: string; resources: object; command: string[] }[];
        volumes: { name: string; emptyDir?: object }[];
      };
      status: { qosClass: string };
    }>("get", "pod", "main-1", inDatabases);
    const postgres = pod.spec.containers.find(({ name }) => name === "postgres");
    expect(postgres?.resources).toEqual({
      requests: { cpu: "250m", memory: "512Mi" },
      limits: { cpu: "2", memory: "512Mi" },
    });
    expect(pod.status.qosClass).toBe("Burstable");
    expect(pod.metadata.annotations).toMatchObject({ "example.com/team": "sales" });
    expect(pod.spec.volumes.find(({ name }) => name === "shm")?.emptyDir).toMatchObject({
      sizeLimit: "128Mi",
    });
    expect(postgres?.command).toContain("--log-level=debug");
    const account = await kubectlJson<{ imagePullSecrets: object[] }>(
      ...["get", "serviceaccount", "main", inDatabases],
    );
    expect(account.imagePullSecrets).toContainEqual({ name: "registry" });
    const service = await kubectlJson<{ metadata: { annotations: object } }>(
      ...["get", "service", "main-pooler", inDatabases],
    );
    expect(service.metadata.annotations).toMatchObject({ "example.com/owner": "sales" });
    const [pooled] = (
      await kubectlJson<{
        items: { metadata: { annotations: object }; spec: { imagePullSecrets: object[] } }[];
      }>("get", "pods", inDatabases, "--selector=cnpg.io/poolerName=main-pooler")
    ).items;
    expect(pooled?.metadata.annotations).toMatchObject({ "example.com/team": "sales" });
    expect(pooled?.spec.imagePullSecrets).toEqual([{ name: "registry" }]);
  });
});

describe("700 clients through three PgBouncers", () => {
  test("log in at once, and need a handful of connections to be looked up", async () => {
    const access = await through("main-pooler", await ownerAccess("main"));
    const stop = new AbortController();
    const most = mostConnections(stop.signal);
    const { seconds, ask, leave } = await crowd(access, 700);
    try {
      expect(await ask("SELECT 1")).toBe(700);
      stop.abort();
      const { app, logins } = await most;
      console.log(`700 logins in ${seconds} s: ${app} of app, ${logins} to look up passwords`);
      // Of 85 connections, 13 in reserve: three pods have 24 each.
      expect(app + logins).toBeLessThanOrEqual(72);
      // And each a pool of 12 with 3 in reserve, and 8 to look up passwords.
      expect(app).toBeLessThanOrEqual(45);
      expect(logins).toBeLessThanOrEqual(27);
      const rows = await query(access, "SELECT 1");
      expect(rows).toHaveLength(1);
    } finally {
      stop.abort();
      await leave();
    }
  });
});

/** A query as the superuser in a database. */
function inInstance(database: string, sql: string): Promise<string> {
  return directOk(
    ...["exec", "main-1", inDatabases, "--container=postgres", "--", "psql", "--no-psqlrc"],
    ...["--tuples-only", "--no-align", "-d", database, "-c", sql],
  );
}

/** The most server connections at any moment, until it is told to stop. */
async function mostConnections(signal: AbortSignal): Promise<{ app: number; logins: number }> {
  const [pod] = await instancePods("main");
  const most = { app: 0, logins: 0 };
  const sql =
    "SELECT count(*) FILTER (WHERE usename = 'app'), " +
    "count(*) FILTER (WHERE usename = 'cnpg_pooler_pgbouncer') FROM pg_stat_activity";
  while (!signal.aborted) {
    const { output } = await direct(
      ...["exec", pod?.metadata.name ?? "", inDatabases, "--container=postgres", "--"],
      ...["psql", "--no-psqlrc", "--tuples-only", "--no-align", "-c", sql],
    );
    const [app = 0, logins = 0] = output.trim().split("|").map(Number);
    most.app = Math.max(most.app, app);
    most.logins = Math.max(most.logins, logins);
    await sleep(200);
  }
  return most;
}
