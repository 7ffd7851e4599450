import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseDocument } from "yaml";
import {
  archived,
  archiving,
  backupsOf,
  bucketFolder,
  endedBackup,
  firstBackup,
  requestBackup,
  requestedBackup,
} from "../support/backups";
import { bucketDisk, mountBucket, ok } from "../support/bucket-disk";
import {
  cacheFolder,
  eventually,
  kubectl,
  kubectlJson,
  npmRun,
  npmRunOk,
  root,
  run,
} from "../support/commands";
import {
  asSuperuser,
  clusterStatus,
  instancePods,
  ownerAccess,
  primaryPod,
  query,
  secret,
  through,
} from "../support/database";
import { sandboxProcesses } from "../support/leftovers";
import { Writer } from "../support/writer";

const minute = 60_000;
const day = 24 * 60 * minute;

jest.setTimeout(15 * minute);

/** After an update that somebody else was quicker with, the plugin looks at the archive again five minutes later. */
const maintenance = 7 * minute;

const cluster = "main";
const stack = ["--stack", "recovery"];
const folder = mkdtempSync(join(tmpdir(), "ha-postgres-faults-"));
const ballast = join(bucketFolder, "ballast");

interface Fault {
  fault: () => unknown;
  /** What `npm run status` says of it. */
  reason: RegExp;
  repair: () => unknown;
  /** For how many milliseconds it lasts at the least. */
  lasting?: number;
  /** What is asserted while it lasts. */
  meanwhile?: () => Promise<void>;
}

describe("When a store or a backup fails", () => {
  let disk: string;
  let serverName: string;
  let objectStore: string;
  let started: string;
  let writer: Writer | undefined;

  beforeAll(async () => {
    await npmRunOk("sandbox", "stop");
    await npmRunOk("sandbox", "start", "kubernetes");
    disk = await bucketDisk(folder);
    await mountBucket(disk);
    await npmRunOk("up", ...stack, "--config-file", configFile());
    await firstBackup(cluster);
    const { metadata, status } = await store();
    objectStore = metadata.name;
    [serverName = ""] = Object.keys(status.serverRecoveryWindow);
    // A checkpoint beside a writer takes its time otherwise, four minutes of them in each backup.
    await patch("objectstore.barmancloud.cnpg.io", objectStore, {
      spec: { configuration: { data: { immediateCheckpoint: true } } },
    });
    started = await life();
    writer = new Writer(await through("main-rw", await ownerAccess(cluster)));
    await writer.start();
  }, 90 * minute);

  afterAll(async () => {
    await writer?.abandon();
    await run("umount", [bucketFolder]);
    await npmRunOk("sandbox", "stop");
    rmSync(folder, { recursive: true });
  });

  test("the schedule takes one backup after the other", async () => {
    const scheduled = async () =>
      (await backupsOf(cluster)).filter(({ status }) => status?.phase === "completed");
    await eventually(scheduled, ({ length }) => length >= 2, 5 * minute);
    const { items } = await kubectlJson<{ items: { metadata: { name: string } }[] }>(
      ...["get", "scheduledbackups.postgresql.cnpg.io", "--namespace=databases"],
    );
    await patch("scheduledbackup.postgresql.cnpg.io", items[0]?.metadata.name ?? "", {
      spec: { suspend: true },
    });
    const at = (await scheduled()).map(({ metadata }) => metadata.creationTimestamp);
    expect(new Set(at).size).toBe(at.length);
  });

  test("a store that is away for two minutes: the archive catches up", () =>
    withstood({
      fault: () => killed(/versitygw/),
      lasting: 2 * minute,
      reason: /Could not connect to the endpoint URL/,
      repair: () => npmRunOk("sandbox", "start", "kubernetes"),
    }));

  test("credentials that the store does not know", async () => {
    const { name, key } = (await store()).spec.configuration.s3Credentials.secretAccessKey;
    const right = (await secret(name))[key] ?? "";
    const give = (text: string) =>
      patch("secret", name, { data: { [key]: Buffer.from(text).toString("base64") } });
    await withstood({
      fault: () => give("not the key"),
      reason: /403.*Forbidden/,
      meanwhile: async () => {
        await requestedBackup(cluster, "forbidden", "failed");
        const told = await npmRunOk("status", ...stack);
        expect(told).toMatch(/THE BASE BACKUP FAILED at .*403.*Forbidden/);
        const { code, all } = await npmRun("down", ...stack, "--final-backup");
        expect(code).toBe(1);
        expect(all).toMatch(
          /nothing was destroyed, since the final backup of main failed: .*403.*Forbidden/,
        );
      },
      repair: () => give(right),
    });
  });

  test("a bucket that is not there and cannot be made", async () => {
    const { destinationPath: right } = (await store()).spec.configuration;
    const pointTo = (destinationPath: string) =>
      patch("objectstore.barmancloud.cnpg.io", objectStore, {
        spec: { configuration: { destinationPath } },
      });
    await withstood({
      // Barman makes a bucket that is not there, where it may.
      fault: async () => {
        await ok("chattr", "+i", dirname(bucketFolder));
        await pointTo("s3://nowhere");
      },
      reason: /CreateBucket/,
      repair: async () => {
        await ok("chattr", "-i", dirname(bucketFolder));
        await pointTo(right);
      },
    });
  });

  test("a store that is full", () =>
    withstood({
      // It ends when there is no room left.
      fault: () => run("sh", ["-c", `cat /dev/zero >${ballast}`]),
      reason: /PutObject|UploadPart/,
      repair: () => {
        rmSync(ballast);
      },
    }));

  test("a sidecar that is killed in the middle of a backup", async () => {
    await asSuperuser(
      await primaryPod(cluster),
      "CREATE TABLE bulk AS SELECT repeat(md5(i::text), 12) FROM generate_series(1, 200000) AS i",
    );
    // Maintenance of the archive follows soon: the killed sidecar starts with these settings.
    await patch("objectstore.barmancloud.cnpg.io", objectStore, {
      spec: { instanceSidecarConfiguration: { retentionPolicyIntervalSeconds: 30 } },
    });
    await requestBackup(cluster, "interrupted");
    await eventually(
      () => Promise.resolve(pidsOf(/barman-cloud-backup /)),
      ({ length }) => length > 0,
      minute,
    );
    await killed(/^\/manager instance/);
    const interrupted = await endedBackup("interrupted", "failed");
    expect(interrupted.status?.error).toMatch(/./);
    await archived(cluster);
    await requestedBackup(cluster, "after-the-interrupted");
    await sound();
  });

  test("a backup that somebody deletes from the bucket is no longer told to be there", async () => {
    const victim = await requestedBackup(cluster, "deleted");
    const id = victim.status?.backupId ?? "";
    expect(existsSync(join(base(), id))).toBe(true);
    rmSync(join(base(), id), { recursive: true });
    await eventually(
      () => backupsOf(cluster),
      (left) => !left.some(({ status }) => status?.backupId === id),
      maintenance,
    );
    await sound();
  });

  test("retention removes the backup that nothing within its time needs any more", async () => {
    const ids = () => readdirSync(base()).sort();
    const before = ids();
    const [oldest = "", second = "", ...younger] = before;
    expect(younger.length).toBeGreaterThan(0);
    // Two are made older than the day that has to be kept. The younger of them is where that day begins.
    for (const [id, days] of [
      [oldest, 4],
      [second, 3],
    ] as const) {
      const file = join(base(), id, "backup.info");
      const then = new Date(Date.now() - days * day).toUTCString().replace("GMT", "+0000");
      const told = readFileSync(file, "utf8").replace(/^((?:begin|end)_time)=.*$/gm, `$1=${then}`);
      writeFileSync(file, told);
    }
    await eventually(
      () => Promise.resolve(ids()),
      (left) => !left.includes(oldest),
      maintenance,
    );
    expect(ids()).toEqual([second, ...younger]);
    // That is as far back as a recovery can go, and the store says so.
    await eventually(
      firstRecoverabilityPoint,
      (at) => Date.now() - at > 2.9 * day && Date.now() - at < 3.1 * day,
      minute,
    );
  });

  test("through all of it every commit is there, and PostgreSQL was never restarted", async () => {
    expect(await life()).toBe(started);
    const report = await writer?.stop();
    expect(report).toMatchObject({ lost: 0 });
    expect(report?.acknowledged).toBeGreaterThan(10_000);
    expect(report?.longestGapSeconds).toBeLessThan(10);
  });

  test("the stack goes with a final backup, which is in the store when all else is gone", async () => {
    const before = readdirSync(base());
    const told = await npmRunOk("down", ...stack, "--final-backup");
    const [, id = "", archive] = /: (\S+) in the archive (\S+);/.exec(told) ?? [];
    expect(archive).toBe(serverName);
    expect(before).not.toContain(id);
    expect(existsSync(bucketFolder)).toBe(false);
    const bucket = join(folder, "bucket");
    mkdirSync(bucket);
    await ok("mount", "-o", "loop,ro", disk, bucket);
    try {
      const info = readFileSync(join(bucket, serverName, "base", id, "backup.info"), "utf8");
      expect(info).toMatch(/^status=DONE$/m);
    } finally {
      await ok("umount", bucket);
    }
  });

  /**
   * Makes archiving fail, and asserts that this and the reason are told while the database serves on, and that it goes on by
   * itself once the cause is gone.
   */
  async function withstood({ fault, reason, repair, lasting = 0, meanwhile }: Fault) {
    const begun = Date.now();
    await fault();
    try {
      let switched = 0;
      await eventually(
        async () => {
          // The sidecar knows a changed store or Secret after ten seconds at the latest; WAL arrives where it was until then.
          if (Date.now() - switched > 15_000) {
            await asSuperuser(await primaryPod(cluster), "SELECT pg_switch_wal()");
            switched = Date.now();
          }
          return archiving(cluster);
        },
        ({ status }) => status === "False",
        2 * minute,
      );
      await eventually(
        () => npmRunOk("status", ...stack),
        (told) =>
          new RegExp(`archive +${serverName} +NO WAL ARRIVES since \\S+: .*${reason.source}`).test(
            told,
          ),
        minute,
      );
      await meanwhile?.();
      await sleep(Math.max(0, begun + lasting - Date.now()));
      await sound();
    } finally {
      // Also after a failure, or all that comes later would fail with it.
      await repair();
    }
    await archived(cluster);
    await eventually(
      () => archiving(cluster),
      ({ status }) => status === "True",
      2 * minute,
    );
    await sound();
  }

  async function sound(): Promise<void> {
    expect(await clusterStatus(cluster)).toMatchObject({ readyInstances: 1 });
    expect(await life()).toBe(started);
    const access = await through("main-rw", await ownerAccess(cluster));
    expect(await query(access, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  }

  async function firstRecoverabilityPoint(): Promise<number> {
    const { serverRecoveryWindow } = (await store()).status;
    return Date.parse(serverRecoveryWindow[serverName]?.firstRecoverabilityPoint ?? "");
  }

  const base = () => join(bucketFolder, serverName, "base");
});

/** Which run of PostgreSQL this is: another pod or another start is another one. */
async function life(): Promise<string> {
  const [pod] = await instancePods(cluster);
  if (!pod) throw new Error(`${cluster} has no instance`);
  const { uid, name } = pod.metadata;
  return `${uid} ${await asSuperuser(name, "SELECT pg_postmaster_start_time()")}`;
}

function patch(kind: string, name: string, change: object): Promise<string> {
  return kubectl(
    ...["patch", kind, name, "--namespace=databases", "--type=merge"],
    `--patch=${JSON.stringify(change)}`,
  );
}

/** Kills the only process of the sandbox whose command line is such. */
async function killed(command: RegExp): Promise<void> {
  const [pid, ...others] = pidsOf(command);
  if (pid === undefined || others.length > 0) throw new Error(`not one process is ${command}`);
  process.kill(pid, "SIGKILL");
  await eventually(
    () => Promise.resolve(pidsOf(command)),
    (left) => !left.includes(pid),
    minute,
  );
}

function pidsOf(pattern: RegExp): number[] {
  return sandboxProcesses()
    .filter(({ command }) => pattern.test(command))
    .map(({ pid }) => pid);
}

/** The dev stack with backups, in a size that leaves room for others, and with a backup every minute. */
function configFile(): string {
  const stackFile = parseDocument(readFileSync(join(root, "Pulumi.recovery.yaml"), "utf8"));
  const main = ["config", "ha-postgres:clusters", "main"];
  stackFile.setIn([...main, "instances"], 1);
  stackFile.setIn([...main, "backup", "schedule"], "0 * * * * *");
  stackFile.setIn([...main, "backup", "retention"], "1d");
  stackFile.setIn([...main, "backup", "sidecarResources", "cpu"], "1");
  stackFile.deleteIn(["config", "ha-postgres:poolers"]);
  const file = join(cacheFolder, "cluster", "Pulumi.faults.yaml");
  writeFileSync(file, String(stackFile));
  return file;
}

interface Store {
  metadata: { name: string };
  spec: {
    configuration: {
      destinationPath: string;
      s3Credentials: { secretAccessKey: { name: string; key: string } };
    };
  };
  status: { serverRecoveryWindow: Record<string, { firstRecoverabilityPoint: string }> };
}

/** The ObjectStore of the cluster. */
async function store(): Promise<Store> {
  const { items } = await kubectlJson<{ items: Store[] }>(
    ...["get", "objectstores.barmancloud.cnpg.io", "--namespace=databases"],
  );
  const [only, ...others] = items;
  if (!only || others.length > 0) throw new Error(`there are ${items.length} ObjectStores`);
  return only;
}
