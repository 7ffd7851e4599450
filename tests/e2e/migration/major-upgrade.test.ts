/** PostgreSQL upgraded in place from 15 to 17, with backups and under a writer. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { backupsOf, bucketFolder, firstBackup, type Backup } from "../support/backups";
import { eventually, kubectlJson, npmRun, npmRunOk } from "../support/commands";
import { asSuperuser, ownerAccess, primaryPod, through } from "../support/database";
import { databaseSize, operatorSize } from "../support/sizes";
import { Writer } from "../support/writer";

const minute = 60_000;

jest.setTimeout(15 * minute);

const stack = ["--stack", "upgrade"];
const folder = mkdtempSync(join(tmpdir(), "ha-postgres-upgrade-"));
const file = join(folder, "Pulumi.upgrade.yaml");

function declare(version: number): void {
  const config = {
    "ha-postgres:platform": {
      cloudNativePg: operatorSize,
      certManager: {},
      barmanCloudPlugin: {},
    },
    "ha-postgres:backups": { s3Compatible: {} },
    "ha-postgres:clusters": {
      main: {
        ...databaseSize,
        instances: 2,
        version,
        image: `localhost/ha-postgres/postgresql-majors:${version}`,
        database: { extensions: ["pg_trgm"] },
        backup: { sidecarResources: { cpu: "200m", memory: "256Mi" } },
      },
    },
  };
  writeFileSync(file, stringify({ config }));
}

async function archiveOf(): Promise<string> {
  const { spec } = await kubectlJson<{
    spec: { plugins: { parameters: { serverName: string } }[] };
  }>("get", "cluster.postgresql.cnpg.io", "main", "--namespace=databases");
  return spec.plugins[0]?.parameters.serverName ?? "";
}

const onPrimary = async (sql: string) => (await asSuperuser(await primaryPod("main"), sql)).trim();

let before: { archive: string; backup: Backup };
const writers: Writer[] = [];

beforeAll(async () => {
  await npmRunOk("sandbox", "stop");
  declare(15);
  await npmRunOk("up", ...stack, "--config-file", file);
  before = { archive: await archiveOf(), backup: await firstBackup("main") };
}, 60 * minute);

afterAll(async () => {
  for (const writer of writers) await writer.abandon();
  await npmRunOk("sandbox", "stop");
  rmSync(folder, { recursive: true });
});

test("it begins with 15", async () => {
  expect(await onPrimary("SHOW server_version")).toMatch(/^15\./);
});

test("another version upgrades it in place, and no commit is lost", async () => {
  const writer = new Writer(await through("main-rw", await ownerAccess("main")));
  writers.push(writer);
  await writer.start();
  declare(17);
  const from = Date.now();
  const { code, all } = await npmRun("up", ...stack, "--config-file", file);
  const seconds = (Date.now() - from) / 1000;
  expect(code === 0 ? "" : all).toBe("");
  await writer.commitsAfter(writer.connection - 1, 20);
  const report = await writer.stop();
  console.log(`upgrade: ${seconds} s; ${JSON.stringify(report)}`);
  expect(await onPrimary("SHOW server_version")).toMatch(/^17\./);
  expect(report.lost).toBe(0);
  expect(report.longestGapSeconds).toBeLessThan(240);
});

test("it has a new archive, with a base backup of its own", async () => {
  const archive = await archiveOf();
  expect(archive).toMatch(/^main-[0-9a-f]{8}$/);
  expect(archive).not.toBe(before.archive);
  const completed = async () =>
    (await backupsOf("main")).filter(
      ({ metadata, status }) =>
        metadata.name !== before.backup.metadata.name && status?.phase === "completed",
    );
  const [backup] = await eventually(completed, ({ length }) => length > 0, 3 * minute);
  expect(readdirSync(join(bucketFolder, archive, "base"))).toContain(backup?.status?.backupId);
});

test("nothing is left to change", async () => {
  await npmRunOk("pulumi", ...stack, "preview", "--expect-no-changes");
});
