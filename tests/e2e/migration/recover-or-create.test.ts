/** One declaration that recovers a database if there is a backup, and creates it otherwise. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { archived, firstBackup } from "../support/backups";
import { kubectlJson, npmRun, npmRunOk } from "../support/commands";
import { asSuperuser } from "../support/database";
import { databaseSize, operatorSize } from "../support/sizes";

const minute = 60_000;

jest.setTimeout(10 * minute);

const stack = ["--stack", "either"];
const folder = mkdtempSync(join(tmpdir(), "ha-postgres-either-"));
const file = join(folder, "Pulumi.either.yaml");

const size = { ...databaseSize, instances: 1 };
const backup = { sidecarResources: { cpu: "200m", memory: "256Mi" } };
const either = (serverName: string) => ({
  ...size,
  source: { serverName, sidecarResources: backup.sidecarResources },
  database: { name: "app", owner: "app" },
  createIfEmpty: true,
  backup: false,
});

function declare(recoveries: object): void {
  const config = {
    "ha-postgres:platform": {
      cloudNativePg: operatorSize,
      certManager: {},
      barmanCloudPlugin: {},
    },
    "ha-postgres:backups": { s3Compatible: {} },
    "ha-postgres:clusters": { main: { ...size, backup } },
    "ha-postgres:recoveries": recoveries,
  };
  writeFileSync(file, stringify({ config }));
}

async function up(): Promise<void> {
  const { code, all } = await npmRun("up", ...stack, "--config-file", file);
  expect(code === 0 ? "" : all).toBe("");
}

const unchanged = () => npmRunOk("pulumi", ...stack, "preview", "--expect-no-changes");

/** What a cluster began as. */
async function bootstrapOf(cluster: string): Promise<string[]> {
  const { spec } = await kubectlJson<{ spec: { bootstrap: object } }>(
    ...["get", "cluster.postgresql.cnpg.io", cluster, "--namespace=databases"],
  );
  return Object.keys(spec.bootstrap);
}

let archive = "";

beforeAll(async () => {
  await npmRunOk("sandbox", "stop");
}, 60 * minute);

afterAll(async () => {
  await npmRunOk("sandbox", "stop");
  rmSync(folder, { recursive: true });
});

test("without a backup an empty database is created", async () => {
  declare({ fresh: either("main-of-before") });
  await up();
  expect(await bootstrapOf("fresh")).toEqual(["initdb"]);
  expect(
    (await asSuperuser("fresh-1", "SELECT count(*) FROM pg_database WHERE datname = 'app'")).trim(),
  ).toBe("1");
  await unchanged();
});

test("with a backup the same declaration recovers it", async () => {
  await firstBackup("main");
  const rows = "CREATE TABLE IF NOT EXISTS kept AS SELECT g FROM generate_series(1, 100) g";
  await asSuperuser("main-1", `${rows}; SELECT pg_switch_wal()`);
  await archived("main");
  const { spec } = await kubectlJson<{
    spec: { plugins: { parameters: { serverName: string } }[] };
  }>("get", "cluster.postgresql.cnpg.io", "main", "--namespace=databases");
  archive = spec.plugins[0]?.parameters.serverName ?? "";
  declare({ fresh: either("main-of-before"), copy: either(archive) });
  await up();
  expect(await bootstrapOf("copy")).toEqual(["recovery"]);
  expect((await asSuperuser("copy-1", "SELECT count(*) FROM kept")).trim()).toBe("100");
  await unchanged();
});

test("what was decided stays, whatever there is later", async () => {
  // Now its archive has a backup as well.
  declare({ fresh: either(archive), copy: either(archive) });
  await up();
  expect(await bootstrapOf("fresh")).toEqual(["initdb"]);
  await unchanged();
});
