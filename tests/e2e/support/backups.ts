/** Backups and archives of the sandbox's databases, as the operator and the store tell of them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, eventually, kubectl, kubectlJson } from "./commands";
import { asSuperuser, primaryPod } from "./database";

const minute = 60_000;

export interface Backup {
  metadata: { name: string; creationTimestamp: string };
  spec: { cluster: { name: string }; method: string };
  status?: {
    phase?: string;
    error?: string;
    backupId?: string;
    endWal?: string;
    instanceID?: { podName: string };
  };
}

const sandboxFolder = join(cacheFolder, "cluster");

/** Where the sandbox's store keeps the archives. */
export const bucketFolder = join(sandboxFolder, "s3", "backups");

/** What a client of the sandbox's S3 store needs. */
export function s3Client() {
  const { accessKeyId: id, secretAccessKey: secret } = JSON.parse(
    readFileSync(join(sandboxFolder, "s3-credentials.json"), "utf8"),
  ) as { accessKeyId: string; secretAccessKey: string };
  return { id, secret, ca: readFileSync(join(sandboxFolder, "pki", "ca.crt"), "utf8") };
}

export async function backupsOf(cluster: string): Promise<Backup[]> {
  const { items } = await kubectlJson<{ items: Backup[] }>(
    ...["get", "backups.postgresql.cnpg.io", "--namespace=databases"],
  );
  return items.filter(({ spec }) => spec.cluster.name === cluster);
}

/** The first complete base backup of a cluster. */
export async function firstBackup(cluster: string): Promise<Backup> {
  const complete = async () =>
    (await backupsOf(cluster)).find(({ status }) => status?.phase === "completed");
  const found = await eventually(complete, (backup) => backup !== undefined, 5 * minute);
  // For the compiler: `eventually` has thrown by then.
  if (!found) throw new Error(`${cluster} has no backup`);
  return found;
}

/** Asks for a base backup, as a user does, and returns its object once that has come to an end. */
export async function requestedBackup(
  cluster: string,
  name: string,
  end: "completed" | "failed" = "completed",
): Promise<Backup> {
  await requestBackup(cluster, name);
  return endedBackup(name, end);
}

/** Without a target it is taken from whichever instance the cluster says. */
export async function requestBackup(
  cluster: string,
  name: string,
  target?: "prefer-standby",
): Promise<void> {
  const backup = {
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Backup",
    metadata: { name, namespace: "databases" },
    spec: {
      cluster: { name: cluster },
      method: "plugin",
      pluginConfiguration: { name: "barman-cloud.cloudnative-pg.io" },
      target,
    },
  };
  // Among the files of the sandbox, which go with it.
  const file = join(sandboxFolder, `backup-${name}.json`);
  writeFileSync(file, JSON.stringify(backup));
  await kubectl("create", `--filename=${file}`);
}

export function endedBackup(name: string, end: "completed" | "failed"): Promise<Backup> {
  return eventually(
    () => kubectlJson<Backup>("get", "backup.postgresql.cnpg.io", name, "--namespace=databases"),
    ({ status }) => status?.phase === end,
    5 * minute,
  );
}

/** Ends the current WAL file of a cluster and waits until it is in the archive. */
export async function archived(cluster: string): Promise<void> {
  const pod = await primaryPod(cluster);
  // A file without a record would never end.
  const file = await asSuperuser(
    pod,
    "SELECT pg_walfile_name(pg_create_restore_point('archived'))",
  );
  await asSuperuser(pod, "SELECT pg_switch_wal()");
  await eventually(
    () => asSuperuser(pod, "SELECT last_archived_wal FROM pg_stat_archiver"),
    (last) => last.trim() >= file.trim(),
    5 * minute,
  );
}

/** What a cluster says about its archive. */
export async function archiving(cluster: string): Promise<{ status?: string; message?: string }> {
  const { status } = await kubectlJson<{
    status: { conditions: { type: string; status: string; message: string }[] };
  }>("get", "cluster.postgresql.cnpg.io", cluster, "--namespace=databases");
  return status.conditions.find(({ type }) => type === "ContinuousArchiving") ?? {};
}
