import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "../../../ops/published/drill/report.ts";
import { archived, bucketFolder, firstBackup } from "../support/backups";
import { deployed, rows } from "../support/backup-stack";
import { kubectl, npmRunOk, type Result, run } from "../support/commands";
import { runUntil } from "../support/until";

const minute = 60_000;

jest.setTimeout(5 * minute);

const COMMAND = ["ha-postgres", "drill", "restore", "--cluster", "source"];
const PLACE = ["--namespace", "databases", "--json"];

describe("npx ha-postgres drill restore", () => {
  /** A moment between the hundredth row and the next. */
  let moment: string;
  let serverName: string;
  /** The files of the source's archive before the first drill. */
  let archive: Map<string, string>;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "ha-postgres-drill-"));
    await npmRunOk("sandbox", "stop");
    await npmRunOk("sandbox", "start", "kubernetes");
    const { serverNames } = await deployed({});
    serverName = serverNames["source"] ?? "";
    await firstBackup("source");
    await rows(
      "source",
      "CREATE TABLE kept (id int PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp())",
    );
    await rows("source", "INSERT INTO kept SELECT generate_series(1, 100)");
    const [now] = await rows<{ at: string }>(
      "source",
      `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`,
    );
    moment = now?.at ?? "";
    await rows("source", "SELECT pg_sleep(0.1)");
    await rows("source", "INSERT INTO kept SELECT generate_series(101, 200)");
    await rows("source", "CREATE TABLE later (id int PRIMARY KEY)");
    for (const statement of LURE) await rows("source", statement);
    await archived("source");
    archive = archives();
  }, 90 * minute);

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await npmRunOk("sandbox", "stop");
  });

  test("does not start with a time before the backups, and creates nothing", async () => {
    const { code, output, all } = await drill("--target-time", "2020-01-01T00:00:00Z");
    expect(code).toBe(2);
    expect(output).toBe("");
    expect(all).toMatch(/--target-time = "2020-01-01T00:00:00Z": must not be before 20\S+Z, when /);
    expect(await remains()).toEqual([]);
  });

  test("that is killed leaves its copy behind, with what marks it as such", async () => {
    expect((await drillUntil(/waiting|restoring|replaying/, "SIGKILL")).output).toBe("");
    const left = (await remains()).filter((name) => name.startsWith("cluster."));
    expect(left).toEqual([
      expect.stringMatching(/^cluster\.postgresql\.cnpg\.io\/source-drill-[a-z0-9]{6}$/),
    ]);
    // As it will be of itself when the drill has said nothing for five minutes.
    await kubectl(
      ...["annotate", left[0] ?? "", "--namespace=databases", "--overwrite"],
      "ha-postgres/drill-alive-until=2020-01-01T00:00:00Z",
    );
  });

  test("removes that, restores all that is in the archive, and measures it", async () => {
    const checks = join(folder, "checks.sql");
    writeFileSync(checks, "-- no row is missing\nSELECT max(id) = count(*) FROM kept;\n");
    const file = join(folder, "report.json");
    const { code, output, all } = await drill(
      ...["--table", "kept", "--min-rows", "200", "--newest", "app.public.kept.at"],
      ...[
        "--max-age",
        "1h",
        "--assert",
        checks,
        "--sql",
        "postgres: SELECT NOT pg_is_in_recovery()",
      ],
      ...["--output", file],
    );
    if (code !== 0) throw new Error(all);
    expect(all).toMatch(/removing source-drill-\w{6}, left behind by a killed drill/);
    const report = JSON.parse(output) as Report;
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(report);
    expect(report).toMatchObject({
      outcome: "passed",
      error: null,
      cluster: { name: "source", namespace: "databases" },
      drill: { end: "deleted" },
      targetTime: null,
      archive: { objectStore: "source-backup", serverName },
      backup: { id: expect.stringMatching(/^\d{8}T\d{6}$/) as string },
      source: { serves: true },
      log: [],
    });
    expect(report.assertions.map(({ name, status }) => [name, status])).toEqual([
      ["system identifier", "passed"],
      ["databases", "passed"],
      ["rows of app.public.kept", "passed"],
      ["newest app.public.kept.at", "passed"],
      ["SELECT NOT pg_is_in_recovery()", "passed"],
      ["no row is missing", "passed"],
    ]);
    expect(report.assertions[1]?.why).toBe("app, postgres");
    expect(report.assertions[2]).toMatchObject({ restored: 200, source: 200 });
    expect(report.recoverySeconds).toBeGreaterThan(1);
    expect(report.recoverySeconds).toBeLessThan(report.drill.seconds);
    expect(report.data.bytes).toBeGreaterThan(10_000_000);
    expect(Date.parse(report.data.lastTransactionAt ?? "")).toBeGreaterThan(Date.parse(moment));
    expect(report.data.ageSeconds).toBeLessThan(30 * 60);
    expect(await remains()).toEqual([]);
  });

  test("to an earlier moment has what there was then, and says what was not", async () => {
    const { code, output } = await drill(
      ...["--target-time", moment, "--table", "kept", "--table", "public.later"],
      ...["--sql", "SELECT count(*) = 200 FROM kept", "--sql", "SELECT max(id) = 100 FROM kept"],
    );
    expect(code).toBe(1);
    const report = JSON.parse(output) as Report;
    expect(report).toMatchObject({ outcome: "failed", error: null, targetTime: moment });
    expect(report.assertions.slice(2)).toEqual([
      {
        name: "rows of app.public.kept",
        status: "passed",
        why: "100 restored, 200 at the source",
        restored: 100,
        source: 200,
      },
      {
        name: "rows of app.public.later",
        status: "failed",
        why: 'relation "public.later" does not exist',
      },
      {
        name: "SELECT count(*) = 200 FROM kept",
        status: "failed",
        why: "returned false, and must return one row with true",
      },
      { name: "SELECT max(id) = 100 FROM kept", status: "passed", why: "true" },
    ]);
    expect(await remains()).toEqual([]);
  });

  test("runs nothing of the application's as superuser, neither in the copy nor at the source", async () => {
    const { code, output } = await drill(
      ...["--table", "lured.lines", "--table", "lured.indexed", "--table", "lured.secured"],
      ...["--newest", "lured.typed.at", "--sql", "SELECT lured.ran()"],
      ...["--sql", "SELECT true UNION ALL SELECT NULL"],
    );
    expect(code).toBe(1);
    const report = JSON.parse(output) as Report;
    expect(report.error).toBeNull();
    expect(report.assertions.slice(2).map(({ name, status, why }) => [name, status, why])).toEqual([
      [
        "rows of app.lured.lines",
        "failed",
        "lured.lines is a view, and a drill does not run the application's queries; name a table",
      ],
      [
        "rows of app.lured.indexed",
        "passed",
        "2 restored, an unknown number at the source (lured.indexed has an index, a constraint, statistics or a key with a " +
          "function that is not PostgreSQL's own, which is not run here)",
      ],
      [
        "rows of app.lured.secured",
        "passed",
        "1 restored, an unknown number at the source (lured.secured has row-level security, whose policies are not run here)",
      ],
      [
        "newest app.lured.typed.at",
        "failed",
        "the column at is not a date or timestamp, and a drill cannot find the newest of other types; name one that is",
      ],
      ["SELECT lured.ran()", "failed", "returned false, and must return one row with true"],
      [
        "SELECT true UNION ALL SELECT NULL",
        "failed",
        "returned 2 rows, and must return one row with true",
      ],
    ]);
    // What the function writes where it may.
    const file = await kubectl(
      ...["exec", "source-1", "--namespace=databases", "--container=postgres", "--"],
      ...["sh", "-c", "ls /tmp/lured 2>/dev/null || true"],
    );
    expect(file.trim()).toBe("");
    expect(await remains()).toEqual([]);
  });

  test("that is interrupted in the middle leaves no cluster, volume or Secret", async () => {
    const { output, all } = await drillUntil(/restoring|replaying/, "SIGINT");
    expect(all).toMatch(/SIGINT: the copy is being removed, please wait/);
    expect(JSON.parse(output)).toMatchObject({
      outcome: "failed",
      error: "interrupted by SIGINT",
      drill: { end: "deleted" },
    });
    expect(await remains()).toEqual([]);
  });

  test("has touched nothing of the source and its archive", async () => {
    const now = archives();
    // What has come since is the source's own.
    expect([...archive].filter(([file, state]) => now.get(file) !== state)).toEqual([]);
    const folders = new Set([...now.keys()].map((file) => file.split("/")[0]));
    expect([...folders]).toEqual([serverName]);
    const bases = (all: Map<string, string>) =>
      [...all.keys()].filter((file) => file.includes("/base/"));
    expect(bases(now)).toEqual(bases(archive));
    expect(await rows("source", "SELECT failed_count AS failed FROM pg_stat_archiver")).toEqual([
      { failed: "0" },
    ]);
    expect(await rows("source", "SELECT count(*)::int AS count FROM kept")).toEqual([
      { count: 200 },
    ]);
  });
});

/** What an application can make, and what a superuser who reads its tables runs: a program on the server. */
const LURE = [
  "CREATE SCHEMA lured",
  `CREATE FUNCTION lured.ran() RETURNS boolean LANGUAGE plpgsql AS $$
   BEGIN
     EXECUTE 'RESET SESSION AUTHORIZATION';
     EXECUTE $copy$COPY (SELECT current_user) TO PROGRAM 'cat > /tmp/lured'$copy$;
     RETURN true;
   EXCEPTION WHEN others THEN RETURN false;
   END $$`,
  `CREATE FUNCTION lured.folded(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$
   BEGIN PERFORM lured.ran(); RETURN 1; END $$`,
  "CREATE VIEW lured.lines AS SELECT x FROM generate_series(1, 3) AS x WHERE lured.ran()",
  "CREATE TABLE lured.indexed (id int)",
  "INSERT INTO lured.indexed VALUES (1), (2)",
  "CREATE INDEX ON lured.indexed ((lured.folded(1)))",
  "CREATE TABLE lured.secured (id int)",
  "INSERT INTO lured.secured VALUES (1)",
  "ALTER TABLE lured.secured ENABLE ROW LEVEL SECURITY",
  "CREATE POLICY all_of_it ON lured.secured USING (lured.ran())",
  "CREATE TYPE lured.moment AS ENUM ('now')",
  "CREATE TABLE lured.typed (at lured.moment)",
];

function drill(...options: string[]): Promise<Result> {
  return run("npx", [...COMMAND, ...PLACE, ...options]);
}

function drillUntil(text: RegExp, signal: NodeJS.Signals) {
  return runUntil(["npx", ...COMMAND, ...PLACE], text, signal);
}

/** All that drills have made and that is still there, by their names and not by the label that a drill itself goes by. */
async function remains(): Promise<string[]> {
  const kinds = "clusters.postgresql.cnpg.io,persistentvolumeclaims,secrets,pods";
  const names = await kubectl("get", kinds, "--namespace=databases", "--output=name");
  return names.split("\n").filter((name) => name.includes("/source-drill-"));
}

/** Each file of the archives in the store with its size and its time. */
function archives(): Map<string, string> {
  return new Map(
    readdirSync(bucketFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      // The store's own, for what is on its way.
      .filter((path) => !path.includes("/.sgwtmp/"))
      .map((path) => {
        const { size, mtimeMs } = statSync(path);
        return [path.slice(bucketFolder.length + 1), `${size} ${mtimeMs}`];
      }),
  );
}
