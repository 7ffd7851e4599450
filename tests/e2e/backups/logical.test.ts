/** Dumps of a database: made, kept, fetched, and restored from by the commands of the guide. */
import { createHash } from "node:crypto";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bucketFolder, s3Client } from "../support/backups";
import { rows } from "../support/backup-stack";
import { eventually, npmRunOk } from "../support/commands";
import { apply, direct, directOk } from "../support/direct";
import { databaseSize, operatorSize } from "../support/sizes";
import { onStack, type Command } from "../support/stack";

const minute = 60_000;

jest.setTimeout(5 * minute);

const inDatabases = "--namespace=databases";
/** The end of the name is set in the program, to be known here. */
const folder = join(bucketFolder, "logical", "databases", "source", "source-dump-tested");

const stack = (command: Command) =>
  onStack("backup", command, {
    "ha-postgres:platform": {
      cloudNativePg: operatorSize,
      certManager: {},
      barmanCloudPlugin: {},
    },
    "ha-postgres:clusters": { source: { instances: 1, ...databaseSize } },
    "ha-postgres:s3": s3Client(),
    "ha-postgres:dumps": { retention: "2d" },
  });

interface Job {
  spec: { template: { spec: { initContainers: { name: string; env: object[] }[] } } };
  status?: { conditions?: { type: string; reason: string }[] };
}

/** A Job by hand, once it has ended in one way or the other. */
async function ended(name: string): Promise<string[]> {
  const conditions = async () => {
    const { status } = JSON.parse(
      await directOk("get", "job", name, inDatabases, "--output=json"),
    ) as Job;
    return (status?.conditions ?? []).flatMap(({ type, reason }) => [type, reason]);
  };
  return eventually(
    conditions,
    (all) => all.includes("Complete") || all.includes("Failed"),
    3 * minute,
  );
}

/** What the containers of a Job's pod said, the last that failed first. */
async function said(job: string): Promise<string> {
  const containers = await directOk(
    ...["get", "pods", `--selector=job-name=${job}`, inDatabases],
    "--output=jsonpath={.items[*].status['initContainerStatuses','containerStatuses'][*].state.terminated.message}",
  );
  const log = await direct("logs", `job/${job}`, inDatabases, "--all-containers");
  return `${containers}\n${log.all}`;
}

/** Makes a dump, as the guide does. Returns the time by which it is called. */
async function dumped(job: string): Promise<string> {
  const before = new Set(stamps());
  await directOk("create", "job", job, "--from=cronjob/source-dump", inDatabases);
  const how = await ended(job);
  if (!how.includes("Complete")) throw new Error(`${how.join()}: ${await said(job)}`);
  const [stamp = ""] = stamps().filter((one) => !before.has(one));
  return stamp;
}

function stamps(): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name.endsWith(".json"))
    .map(({ name }) => name.replace(/\.json$/, ""))
    .sort();
}

beforeAll(async () => {
  await npmRunOk("sandbox", "stop");
  await npmRunOk("sandbox", "start", "kubernetes");
  await stack("up");
  await rows(
    "source",
    `CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, what text NOT NULL);
     CREATE TABLE lines (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       order_id int NOT NULL REFERENCES orders, amount numeric);
     CREATE INDEX lines_order_id ON lines (order_id);
     INSERT INTO orders (what) SELECT 'order ' || n FROM generate_series(1, 100) n;
     INSERT INTO lines (order_id, amount) SELECT 1 + n % 100, n FROM generate_series(1, 5000) n`,
  );
}, 60 * minute);

afterAll(() => npmRunOk("sandbox", "stop"));

test("another deployment has nothing to do", async () => {
  await stack("preview");
  await stack("drift");
});

let first = "";

test("a dump is made on demand, with its size and hash beside it", async () => {
  const from = Date.now();
  await directOk("create", "job", "first", "--from=cronjob/source-dump", inDatabases);
  const how = await ended("first");
  expect([how, how.includes("Complete") ? "" : await said("first")]).toEqual([
    expect.arrayContaining(["Complete"]),
    "",
  ]);
  console.log(`a dump of 5100 rows: ${(Date.now() - from) / 1000} s`);
  [first = ""] = stamps();
  const dump = readFileSync(join(folder, `${first}.dump`));
  expect(dump.subarray(0, 5).toString()).toBe("PGDMP");
  expect(JSON.parse(readFileSync(join(folder, `${first}.json`), "utf8"))).toEqual({
    namespace: "databases",
    cluster: "source",
    database: "app",
    time: first,
    bytes: dump.length,
    sha256: createHash("sha256").update(dump).digest("hex"),
  });
});

test("a dropped table is restored from it by the commands of the guide", async () => {
  await rows("source", "DROP TABLE lines");
  await rows("source", "UPDATE orders SET what = 'written after the dump' WHERE id = 1");
  const from = Date.now();
  await directOk("create", "job", "restore", "--from=cronjob/source-dump-restore", inDatabases);
  await directOk(
    ...["wait", "job/restore", "--for=jsonpath={.status.ready}=1", inDatabases, "--timeout=120s"],
  );
  const inside = (command: string) =>
    directOk("exec", "job/restore", inDatabases, "--", "bash", "-c", command);
  await inside("pg_restore --list /dump/dump | grep ' lines' > /dump/list");
  expect((await inside("cat /dump/list")).split("\n").length).toBeGreaterThan(5);
  await inside(
    "pg_restore --use-list=/dump/list --single-transaction --dbname=$PGDATABASE /dump/dump",
  );
  console.log(`a table restored: ${(Date.now() - from) / 1000} s`);
  await directOk("delete", "job", "restore", inDatabases);

  expect(await rows("source", "SELECT count(*)::int, sum(amount)::int FROM lines")).toEqual([
    { count: 5000, sum: 12_502_500 },
  ]);
  expect(
    await rows(
      "source",
      "SELECT conname FROM pg_constraint WHERE conrelid = 'lines'::regclass AND contype IN ('p', 'f') ORDER BY 1",
    ),
  ).toEqual([{ conname: "lines_order_id_fkey" }, { conname: "lines_pkey" }]);
  expect(await rows("source", "SELECT to_regclass('lines_order_id') IS NOT NULL AS is")).toEqual([
    { is: true },
  ]);
  // The sequence goes on where it was.
  expect(
    await rows("source", "INSERT INTO lines (order_id, amount) VALUES (1, 1) RETURNING id"),
  ).toEqual([{ id: 5001 }]);
  // All else is as it was.
  expect(await rows("source", "SELECT what FROM orders WHERE id = 1")).toEqual([
    { what: "written after the dump" },
  ]);
});

test("old dumps are deleted, with what is left of one that was not sent to its end", async () => {
  const old = "20200101T000000Z";
  copyFileSync(join(folder, `${first}.dump`), join(folder, `${old}.dump`));
  copyFileSync(join(folder, `${first}.json`), join(folder, `${old}.json`));
  writeFileSync(join(folder, "20200102T000000Z.dump"), "half");
  const others = "20200103T000000Z";
  writeFileSync(join(folder, `${others}.dump`), "of another database");
  writeFileSync(join(folder, `${others}.json`), JSON.stringify({ cluster: "another" }));
  const second = await dumped("second");
  expect(
    readdirSync(folder)
      .filter((name) => /\.(dump|json)$/.test(name))
      .sort(),
  ).toEqual([others, first, second].flatMap((stamp) => [`${stamp}.dump`, `${stamp}.json`]).sort());
});

test("a dump that was changed in the store is not handed out", async () => {
  writeFileSync(join(folder, `${first}.dump`), "another");
  const job = await changed("source-dump-restore", "broken", "fetch", "DUMP", first);
  await apply(job);
  // Where the store has a checksum, too, its client notices first.
  await eventually(
    () => said("broken"),
    (text) => /is not what was sent|FlexibleChecksumError/.test(text),
    minute,
  );
  await directOk("delete", "job", "broken", inDatabases);
});

test("a wrong access key is told at once, before anything is dumped", async () => {
  const from = Date.now();
  await apply(await changed("source-dump", "refused", "check", "AWS_SECRET_ACCESS_KEY", "wrong"));
  expect(await ended("refused")).toEqual(expect.arrayContaining(["Failed", "PodFailurePolicy"]));
  console.log(`a wrong key: told after ${(Date.now() - from) / 1000} s`);
  const text = await said("refused");
  expect(text).toContain("The store at s3://backups: ClientError: An error occurred");
  expect(text).not.toContain("Traceback");
});

/** A Job of a CronJob with another variable in one of its containers. */
async function changed(
  cronJob: string,
  name: string,
  container: string,
  variable: string,
  value: string,
): Promise<Job> {
  const job = JSON.parse(
    await directOk(
      ...["create", "job", name, `--from=cronjob/${cronJob}`, inDatabases],
      ...["--dry-run=client", "--output=json"],
    ),
  ) as Job;
  const { initContainers } = job.spec.template.spec;
  const found = initContainers.find((one) => one.name === container);
  if (!found) throw new Error(`${cronJob} has no container ${container}`);
  found.env = [
    ...found.env.filter((one) => (one as { name: string }).name !== variable),
    { name: variable, value },
  ];
  return job;
}
