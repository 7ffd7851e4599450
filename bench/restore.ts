import { takeBackup } from "../ops/backup/backups.ts";
import type { Engine } from "../ops/engine/engine.ts";
import { kubectl, kubectlJson, kubectlOf, kubectlWith } from "../ops/kubectl.ts";
import type { LocalStore } from "../ops/local-store.ts";
import type { Target } from "../ops/target.ts";
import { imageReference } from "../sandbox/build/image.ts";
import { images } from "../sandbox/parts.ts";
import { type BaseBackup, bareName, bareRestore } from "./bare-restore.ts";
import { measureInTurns, ratios, seconds, seriesTable, verdict } from "./measure.ts";
import { benchNamespace, removeNamespace } from "./namespace.ts";
import { withCleanup, configure, inScratchFolder, root, scratchProgram } from "./scratch.ts";

const goal = 1.3;
const namespace = benchNamespace("restore");
/** A gigabyte that compresses to about half. */
const rows = 3_200_000;

/** Together with the sidecars, half of a node, which the stack's own cluster leaves free. */
const limits = { storage: "4Gi", cpu: "400m", memory: "1Gi" };
const sidecar = { cpu: "500m", memory: "512Mi" };

const size = {
  instances: 1,
  storage: { size: limits.storage },
  walStorage: { size: "2Gi" },
  resources: { cpu: limits.cpu, memory: limits.memory },
};

/**
 * Measures how long a gigabyte takes from the store until it takes writes: with a RecoveryCluster, and with Barman's
 * command and PostgreSQL alone, with the same processor, memory and kind of volume.
 */
export async function restoreBench(target: Target, _: Engine, rounds: number): Promise<string> {
  return inScratchFolder(async (scratch) => {
    const declared = (recoveries: object) =>
      target.prepare({
        config: {
          "ha-postgres:namespace": namespace,
          "ha-postgres:backups": { s3Compatible: {} },
          "ha-postgres:clusters": {
            // Only the requested backup is taken, without a delay.
            source: {
              ...size,
              backup: {
                schedule: "0 0 0 1 1 *",
                immediate: false,
                sidecarResources: sidecar,
              },
            },
          },
          "ha-postgres:recoveries": recoveries,
        },
      });
    const { config, secrets = {} } = await declared({});
    const { engine } = await scratchProgram(target, scratch, {
      name: "restore",
      project: "ha-postgres",
      source: `export * from "${root}/index";\n`,
      config: withoutOperators(config),
      secrets,
    });
    const up = () => engine.runSilently("up", "--yes", "--skip-preview");
    const clean = async () => {
      await engine.runSilently("destroy", "--yes", "--skip-preview").catch(() => undefined);
      await removeNamespace(target, namespace);
    };
    return withCleanup(clean, async () => {
      await up();
      const bytes = await fillSource(target);
      const backup = await backUp(target);
      const store = storeOf(config, secrets);
      await grantAccess(target, store);

      const byComponent = async () => {
        const copy = {
          ...size,
          source: { cluster: "source", sidecarResources: sidecar },
          // The same backup as the bare restore. A recovery to the end of the archive would search for WAL that does
          // not exist yet.
          target: { backupId: backup.backupId, immediate: true },
          backup: false,
        };
        await configure(
          target,
          engine,
          withoutOperators((await declared({ copy })).config),
          secrets,
        );
        const time = await seconds(up);
        await configure(target, engine, withoutOperators(config), secrets);
        await up();
        return time;
      };
      const byHand = async () => {
        const objects = bareRestore(
          store,
          backup,
          { ...limits, restoring: sidecar },
          {
            postgresql: imageReference(images.postgresql),
            barman: imageReference(images.barmanSidecar),
          },
        );
        const all = { apiVersion: "v1", kind: "List", items: objects };
        const time = await seconds(async () => {
          await kubectlWith(target, all, "create", inNamespace);
          await kubectl(
            target,
            "wait",
            "pod",
            bareName,
            inNamespace,
            "--for=condition=Ready",
            "--timeout=20m",
          );
        });
        await kubectlWith(target, all, "delete", inNamespace);
        return time;
      };
      const [component, bare] = await measureInTurns(
        [
          { name: "RecoveryCluster", measure: byComponent },
          { name: "barman-cloud-restore", measure: byHand },
        ],
        rounds,
      );
      if (!component || !bare) throw new Error("nothing was measured");
      const ratio = ratios(component, bare);
      return [
        `a restore of ${(bytes / 1e9).toFixed(2)} GB until it takes writes, ${rounds} rounds`,
        seriesTable("seconds", [component, bare]),
        seriesTable("ratio", [ratio]),
        verdict(ratio, goal),
      ].join("\n\n");
    });
  });
}

const inNamespace = `--namespace=${namespace}`;

/** The stack's own operators serve all namespaces. */
export function withoutOperators(config: Record<string, unknown>): Record<string, unknown> {
  const there = { install: false };
  const platform = { cloudNativePg: there, certManager: there, barmanCloudPlugin: there };
  return { ...config, "ha-postgres:platform": platform };
}

function storeOf(config: Record<string, unknown>, secrets: Record<string, string>): LocalStore {
  const { s3Compatible } = config["ha-postgres:backups"] as {
    s3Compatible: Omit<LocalStore, "accessKeyId"> & { credentials: { accessKeyId: string } };
  };
  const [secretAccessKey = ""] = Object.values(secrets);
  return { ...s3Compatible, ...s3Compatible.credentials, secretAccessKey };
}

/**
 * Fills the source and returns its size in bytes. The rows are neither read nor vacuumed: both would write WAL during
 * the backup, which only one contestant would replay.
 */
async function fillSource(target: Target): Promise<number> {
  await asSuperuser(
    target,
    `CREATE TABLE bulk WITH (autovacuum_enabled = false) AS
       SELECT i AS id, md5(i::text) || md5((i + 1)::text) || repeat(md5((i + 2)::text), 6) AS text
       FROM generate_series(1, ${rows}) AS i`,
  );
  await asSuperuser(target, "CHECKPOINT");
  return Number(await asSuperuser(target, "SELECT pg_database_size('app')"));
}

function asSuperuser(target: Target, sql: string): Promise<string> {
  return kubectl(
    target,
    "exec",
    "source-1",
    inNamespace,
    "--container=postgres",
    "--",
    "psql",
    "--no-psqlrc",
    "--tuples-only",
    "--no-align",
    "-c",
    sql,
    "app",
  );
}

async function backUp(target: Target): Promise<BaseBackup> {
  const wanted = { name: "full", cluster: "source", namespace };
  const taken = await takeBackup(kubectlOf(target), wanted, { timeoutSeconds: 3600 });
  if (taken.phase !== "completed") throw new Error("the backup of the source has failed");
  const { backupId = "", beginWal = "", endWal = "" } = taken;
  return { serverName: await serverName(target), backupId, wal: between(beginWal, endWal) };
}

async function serverName(target: Target): Promise<string> {
  const { spec } = await kubectlJson<{
    spec: { plugins: { parameters: { serverName: string } }[] };
  }>(target, "get", "clusters.postgresql.cnpg.io", "source", inNamespace);
  return spec.plugins[0]?.parameters.serverName ?? "";
}

/** The WAL files of a range. A name is a timeline and a number, in units of 16 MiB. */
export function between(first: string, last: string): string[] {
  const timeline = first.slice(0, 8);
  const position = (name: string) =>
    parseInt(name.slice(8, 16), 16) * 256 + parseInt(name.slice(16), 16);
  const hex = (number: number) => number.toString(16).toUpperCase().padStart(8, "0");
  const files: string[] = [];
  for (let at = position(first); at <= position(last); at++) {
    files.push(timeline + hex(Math.floor(at / 256)) + hex(at % 256));
  }
  return files;
}

/** Creates the Secret that the bare restore mounts. */
async function grantAccess(target: Target, store: LocalStore): Promise<void> {
  const { accessKeyId, secretAccessKey, caCertificate } = store;
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: bareName },
    stringData: { accessKeyId, secretAccessKey, "ca.crt": caCertificate },
  };
  await kubectlWith(target, secret, "create", inNamespace);
}
