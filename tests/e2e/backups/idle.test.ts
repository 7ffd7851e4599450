import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { rows } from "../support/backup-stack";
import { archived, endedBackup, firstBackup, requestBackup } from "../support/backups";
import { bucketDisk, mountBucket } from "../support/bucket-disk";
import { eventually, npmRun, npmRunOk, root, run } from "../support/commands";
import { asSuperuser, ownerAccess, primaryPod, through } from "../support/database";
import { databaseSize } from "../support/sizes";
import { Writer } from "../support/writer";

const minute = 60_000;

jest.setTimeout(15 * minute);

const stack = ["--stack", "recovery"];
const folder = mkdtempSync(join(tmpdir(), "ha-postgres-idle-"));
const sidecarResources = { cpu: "300m", memory: "512Mi" };

describe("A backup that is completed can be restored", () => {
  let disk: string;
  let writer: Writer | undefined;
  /** What the databases had when they were destroyed, and the archives that it is in. */
  const kept: Record<string, { ids: number[]; serverName: string }> = {};

  beforeAll(async () => {
    await npmRunOk("sandbox", "stop");
    await npmRunOk("sandbox", "start", "kubernetes");
    disk = await bucketDisk(folder);
    await mountBucket(disk);
    const application = { database: { name: "app" }, backup: { sidecarResources } };
    const idle = { ...databaseSize, ...application, nodes: 3 };
    await deployed({ clusters: { idle, busy: { ...one, ...application } } });
  }, 90 * minute);

  afterAll(async () => {
    await writer?.abandon();
    await npmRunOk("sandbox", "stop");
    rmSync(folder, { recursive: true });
  });

  test("the first one of a database that nobody writes to", async () => {
    const backup = await firstBackup("idle");
    expect(backup.status?.instanceID?.podName).toBe(await primaryPod("idle"));
    expect(await npmRunOk("status", ...stack)).not.toMatch(/NOT ARCHIVED/);
    const { code, all } = await drill();
    if (code !== 0) throw new Error(all);
  });

  test("one of a replica cannot be, is told to be such, and can be once its WAL is ended as is told", async () => {
    await rows("idle", "CREATE TABLE written AS SELECT generate_series(1, 1000) AS id");
    await archived("idle");
    // What the replica has to replay for its backup to be consistent, in a file that nobody ends for five minutes.
    await asSuperuser(await primaryPod("idle"), "CHECKPOINT");
    await requestBackup("idle", "of-a-replica", "prefer-standby");
    const { status } = await endedBackup("of-a-replica", "completed");
    expect(status?.instanceID?.podName).not.toBe(await primaryPod("idle"));
    const file = status?.endWal ?? "";

    const told = await npmRunOk("status", ...stack);
    const [, named, command = ""] =
      /THE LAST BASE BACKUP NEEDS (\w+), WHICH IS NOT ARCHIVED: .* End it: (.+)$/m.exec(told) ?? [];
    expect(named).toBe(file);
    const refused = await drill();
    expect([refused.code, refused.output]).toEqual([2, ""]);
    expect(refused.all).toMatch(`of-a-replica: status.endWal = "${file}": `);

    const { code, all } = await run("sh", ["-c", command]);
    if (code !== 0) throw new Error(all);
    await eventually(
      () => npmRunOk("status", ...stack),
      (now) => !now.includes("NOT ARCHIVED"),
      2 * minute,
    );
    const { code: restored, all: report } = await drill(
      "--sql",
      "SELECT count(*) = 1000 FROM written",
    );
    if (restored !== 0) throw new Error(report);
  });

  test("the final ones, when all but the store is gone: of an idle database, and of one written to until then", async () => {
    writer = new Writer(await through("busy-rw", await ownerAccess("busy")));
    await writer.start();
    kept["idle"] = { ids: await ids("idle"), serverName: "" };
    const { acknowledged, lost } = await writer.stop();
    expect([acknowledged > 100, lost]).toEqual([true, 0]);
    kept["busy"] = { ids: await ids("busy"), serverName: "" };
    const told = await npmRunOk("down", ...stack, "--final-backup", "--timeout", "10m");
    for (const [name, cluster] of Object.entries(kept)) {
      cluster.serverName = new RegExp(`in the archive (${name}-\\w+);`).exec(told)?.[1] ?? "";
    }

    await npmRunOk("sandbox", "start", "kubernetes");
    await mountBucket(disk);
    const recovery = ({ serverName }: { serverName: string }) => ({
      ...one,
      source: { serverName, sidecarResources },
      database: { name: "app", owner: "app" },
      backup: false,
    });
    await deployed({
      clusters: {},
      recoveries: Object.fromEntries(
        Object.entries(kept).map(([name, cluster]) => [`${name}-again`, recovery(cluster)]),
      ),
    });
    for (const [name, { ids: before }] of Object.entries(kept)) {
      expect(await ids(`${name}-again`)).toEqual(before);
    }
  });

  test("a final one that is not begun is given up, and nothing is destroyed", async () => {
    const { code, all } = await npmRun("down", ...stack, "--final-backup", "--timeout", "soon");
    expect([code, all]).toEqual([
      1,
      expect.stringMatching(/^--timeout = "soon": is not a valid duration/m),
    ]);
  });
});

const one = { ...databaseSize, instances: 1 };

/** The dev stack with backups and these databases. */
function deployed(databases: { clusters: object; recoveries?: object }): Promise<string> {
  const stackFile = parseDocument(readFileSync(join(root, "Pulumi.recovery.yaml"), "utf8"));
  for (const group of ["certificates", "poolers"])
    stackFile.deleteIn(["config", `ha-postgres:${group}`]);
  for (const [group, declared] of Object.entries(databases)) {
    stackFile.setIn(["config", `ha-postgres:${group}`], declared);
  }
  const file = join(folder, "Pulumi.idle.yaml");
  writeFileSync(file, String(stackFile));
  return npmRunOk("up", ...stack, "--config-file", file);
}

async function ids(cluster: string): Promise<number[]> {
  const found = await rows<{ id: number }>(cluster, "SELECT id::int FROM written ORDER BY id");
  return found.map(({ id }) => id);
}

function drill(...options: string[]) {
  const place = ["--namespace", "databases", "--json"];
  return run("npx", ["ha-postgres", "drill", "restore", "--cluster", "idle", ...place, ...options]);
}
