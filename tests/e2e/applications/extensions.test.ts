/** A library that must be loaded: one that is missing, pg_cron with its jobs, and the catalogue that has the image. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { eventually, kubectlJson, npmRun, npmRunOk } from "../support/commands";
import { asSuperuser, instancePods, ownerAccess, query, through } from "../support/database";
import { directOk } from "../support/direct";
import { databaseSize, operatorSize } from "../support/sizes";

const minute = 60_000;

jest.setTimeout(5 * minute);

const folder = mkdtempSync(join(tmpdir(), "ha-postgres-extensions-"));
const file = join(folder, "Pulumi.extensions.yaml");
const stack = ["--stack", "extensions"];

const imageCatalog = { name: "images" };
const beat = { name: "beat", schedule: "1 second", sql: "INSERT INTO beats SELECT current_user" };
const sweep = { ...beat, name: "sweep", database: "audit", sql: "DELETE FROM beats" };
const nightly = { name: "nightly", schedule: "0 3 $ * *", sql: "VACUUM (ANALYZE) beats" };

function write(libraries: string[], cronJobs: object[]): void {
  const main = {
    ...databaseSize,
    instances: 1,
    imageCatalog,
    sharedPreloadLibraries: libraries,
    parameters: { "pg_stat_statements.max": "1000", "pgaudit.log": "role" },
    database: {
      extensions: ["pg_cron", "pg_stat_statements"],
      schema: ["CREATE TABLE beats (who text)"],
    },
    roles: [{ name: "auditor", login: true, password: "generated" }],
    databases: [{ name: "audit", owner: "auditor" }],
    networkPolicy: { clients: [] },
    cronJobs,
  };
  const config = {
    "kubernetes:enableSecretMutable": "true",
    "ha-postgres:platform": { cloudNativePg: operatorSize },
    "ha-postgres:imageCatalogs": { images: {} },
    "ha-postgres:clusters": { main },
    "ha-postgres:poolers": {
      "main-pooler": {
        cluster: "main",
        poolMode: "session",
        resources: { cpu: "50m", memory: "64Mi" },
        imageCatalog,
      },
    },
  };
  writeFileSync(file, stringify({ config }));
}

const up = () => npmRun("up", ...stack, "--config-file", file);

async function deployed(libraries: string[], cronJobs: object[]): Promise<void> {
  write(libraries, cronJobs);
  const { code, all } = await up();
  if (code !== 0) throw new Error(all);
  await npmRunOk("pulumi", ...stack, "preview", "--expect-no-changes");
}

/** Deploys with a library that no image has. Returns what is said, and after how many seconds. */
async function withoutLibrary(): Promise<{ all: string; code: number; seconds: number }> {
  write(["pg_cron", "pg_crom"], [beat]);
  const from = Date.now();
  const { all, code } = await up();
  return { all, code, seconds: (Date.now() - from) / 1000 };
}

/** Those of the list, then those that the operator manages, in its order. */
const LOADED = "pg_cron,pgaudit,pg_stat_statements\n";

const MISSING = "the image has no library pg_crom: take it out of sharedPreloadLibraries";

/** The owner's own connection. */
const owner = async () => through("main-rw", await ownerAccess("main"));

interface Job {
  jobname: string;
  username: string;
  database: string;
  schedule: string;
  active: boolean;
}

async function jobs(): Promise<Job[]> {
  const sql =
    "SELECT coalesce(json_agg(to_jsonb(j) - '{jobid,command,nodename,nodeport}'::text[] ORDER BY jobid), '[]') FROM cron.job j";
  return JSON.parse(await asApp(sql)) as Job[];
}

beforeAll(() => npmRunOk("sandbox", "stop"));

afterAll(async () => {
  await npmRunOk("sandbox", "stop");
  rmSync(folder, { recursive: true });
});

test(
  "a library that the image does not have ends the deployment before there is a cluster",
  async () => {
    const { all, code, seconds } = await withoutLibrary();
    console.log(
      `a library that is missing, with the operator's installation: told after ${seconds} s`,
    );
    expect(code).toBe(1);
    expect(all).toContain(MISSING);
    expect(all).toContain("Correct it and deploy again: the cluster has not been created yet.");
    expect(await directOk("get", "cluster.postgresql.cnpg.io", "--all-namespaces")).toBe("");
  },
  60 * minute,
);

test("jobs are run by the owners of their databases, and nothing is left to do", async () => {
  await deployed(["pg_cron"], [beat, sweep]);
  expect(await jobs()).toEqual([
    { ...row(beat), username: "app", database: "app" },
    { ...row(sweep), username: "auditor", database: "audit" },
  ]);
  const counted = await beats("app", 3);
  expect(counted).toBeGreaterThanOrEqual(3);
});

test("what the operator loads by its parameters is there, in every database", async () => {
  expect(await asSuperuser("main-1", "SHOW shared_preload_libraries")).toBe(LOADED);
  const created = "SELECT string_agg(extname, ' ' ORDER BY extname) FROM pg_extension";
  expect(await inDatabase("app", created)).toBe("pg_cron pg_stat_statements pgaudit plpgsql");
  await eventually(
    () => inDatabase("audit", created),
    (names) => names === "pg_stat_statements pgaudit plpgsql",
    20_000,
  );
});

test("a job whose SQL is wrong says so in the record of runs", async () => {
  const failed =
    "SELECT DISTINCT return_message AS said FROM cron.job_run_details WHERE status = 'failed'";
  const [first] = await eventually(
    async () => {
      const said = await asApp(failed);
      return said === "" ? [] : [said];
    },
    (found) => found.length > 0,
    20_000,
  );
  expect(first).toContain('relation "beats" does not exist');
});

test("jobs follow the list, and those of others stay as they are", async () => {
  await query(await owner(), "SELECT cron.schedule('own', '1 1 1 1 *', 'SELECT 1')");
  const numbers = await asApp("SELECT jobid FROM cron.job WHERE jobname LIKE '%beat'");
  const changed = { ...beat, schedule: "2 seconds", sql: "INSERT INTO beats VALUES ('changed')" };
  await deployed(["pg_cron"], [changed, { ...nightly, active: false }]);
  expect(await jobs()).toEqual([
    { ...row(changed), username: "app", database: "app" },
    { jobname: "own", schedule: "1 1 1 1 *", username: "app", database: "app", active: true },
    { ...row(nightly), username: "app", database: "app", active: false },
  ]);
  expect(await asApp("SELECT jobid FROM cron.job WHERE jobname LIKE '%beat'")).toBe(numbers);
  expect(await beats("changed", 1)).toBeGreaterThanOrEqual(1);
});

test("a library that is missing does not touch a cluster that exists", async () => {
  const [before] = await instancePods("main");
  const { all, code, seconds } = await withoutLibrary();
  console.log(`a library that is missing, in a cluster that exists: told after ${seconds} s`);
  expect(code).toBe(1);
  expect(all).toContain(MISSING);
  expect(all).toContain("Correct it and deploy again: the cluster goes on as it is.");
  expect(seconds).toBeLessThan(60);
  const [after] = await instancePods("main");
  expect(after?.metadata.uid).toBe(before?.metadata.uid);
  expect(await asSuperuser("main-1", "SHOW shared_preload_libraries")).toBe(LOADED);
});

test("the images are those of the catalogue", async () => {
  const { spec, status } = await kubectlJson<{
    spec: { imageCatalogRef: object; imageName?: string };
    status: { image: string };
  }>("get", "cluster.postgresql.cnpg.io", "main", "--namespace=databases");
  expect(spec).not.toHaveProperty("imageName");
  expect(spec.imageCatalogRef).toMatchObject({ kind: "ImageCatalog", name: "images" });
  expect(status.image).toBe("localhost/ha-postgres/postgresql:17");
  const pooled = await directOk(
    ...["get", "pods", "--namespace=databases", "--selector=cnpg.io/poolerName=main-pooler"],
    "--output=jsonpath={.items[*].spec.containers[*].image}",
  );
  expect(new Set(pooled.split(" "))).toEqual(new Set(["localhost/ha-postgres/postgresql:17"]));
});

function row({ name, schedule }: { name: string; schedule: string }) {
  return { jobname: `ha-postgres:${name}`, schedule, active: true };
}

/** The rows that a job has written so far, once there are at least so many. */
async function beats(who: string, least: number): Promise<number> {
  const config = await owner();
  const sql = `SELECT count(*)::int AS beats FROM beats WHERE who = '${who}'`;
  const [counted] = await eventually(
    () => query<{ beats: number }>(config, sql),
    ([one]) => (one?.beats ?? 0) >= least,
    20_000,
  );
  return counted?.beats ?? 0;
}

/** An answer of the superuser in the application's database, where the record of all runs is. */
const asApp = (sql: string) => inDatabase("app", sql);

async function inDatabase(database: string, sql: string): Promise<string> {
  const said = await directOk(
    ...["exec", "main-1", "--namespace=databases", "--container=postgres", "--"],
    ...["psql", "--no-psqlrc", "-tA", "-d", database, "-c", sql],
  );
  return said.trim();
}
