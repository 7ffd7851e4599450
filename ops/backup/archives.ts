import { type Archive, barmanErrors } from "./archive-report.ts";
import type { ClusterEndpoints } from "../clusters.ts";
import { BARMAN_CLOUD } from "../../components/upstream/cloudnative-pg.ts";
import { baseBackupsOf, recoverable } from "../published/base-backups.ts";
import {
  type Backup,
  BACKUPS,
  CLUSTERS,
  type Cluster,
  OBJECT_STORES,
  type ObjectStore,
  type RecoveryWindow,
} from "../published/objects.ts";
import { endFileCommand, writtenWal } from "../published/wal.ts";
import { kubectl, kubectlCommand, kubectlJson, kubectlOf } from "../kubectl.ts";
import type { Target } from "../target.ts";

/** The archive of a cluster. Undefined if it has none. */
export async function archiveOf(
  target: Target,
  { name, namespace }: Pick<ClusterEndpoints, "name" | "namespace">,
): Promise<Archive | undefined> {
  const inNamespace = `--namespace=${namespace}`;
  const cluster = await kubectlJson<Cluster>(target, "get", CLUSTERS, name, inNamespace);
  const { spec, status } = cluster;
  const parameters = spec.plugins?.find((plugin) => plugin.name === BARMAN_CLOUD)?.parameters;
  if (parameters?.["barmanObjectName"] === undefined) return undefined;
  const store = await kubectlJson<ObjectStore>(
    target,
    "get",
    OBJECT_STORES,
    parameters["barmanObjectName"],
    inNamespace,
  );
  const serverName = parameters["serverName"] ?? name;
  const window = store.status?.serverRecoveryWindow?.[serverName] ?? {};
  const archiving = status?.conditions?.find(({ type }) => type === "ContinuousArchiving");
  const archive = {
    serverName,
    failingSince: archiving?.status === "False" ? archiving.lastTransitionTime : undefined,
    backupFailedAt: failedAfterAll(window),
    lastBackup: window.lastSuccessfulBackupTime,
    ...(await recoverability(target, cluster, window)),
  };
  const isWell = archive.failingSince === undefined && archive.backupFailedAt === undefined;
  return { ...archive, reason: isWell ? undefined : await lastError(target, name, namespace) };
}

/** The earliest recoverable time, and whether a recovery can start with the last base backup. */
async function recoverability(
  target: Target,
  cluster: Cluster,
  window: RecoveryWindow,
): Promise<Pick<Archive, "recoverableSince" | "missing">> {
  const { name, namespace } = cluster.metadata;
  const [{ items }, wal] = await Promise.all([
    kubectlJson<{ items: Backup[] }>(target, "get", BACKUPS, `--namespace=${namespace}`),
    writtenWal(kubectlOf(target), cluster),
  ]);
  const { since, missing } = recoverable(window, baseBackupsOf(name, window, items), wal);
  const command = endFileCommand(cluster, kubectlCommand(target));
  return { recoverableSince: since, missing: missing && { ...missing, command } };
}

function failedAfterAll(window: RecoveryWindow): string | undefined {
  const { lastFailedBackupTime: failed, lastSuccessfulBackupTime: good = "" } = window;
  return failed !== undefined && failed > good ? failed : undefined;
}

/**
 * The last error that Barman printed in one of the instances. Conditions and Backup objects only have its exit status.
 */
async function lastError(
  target: Target,
  cluster: string,
  namespace: string,
): Promise<string | undefined> {
  const lines = await kubectl(
    target,
    "logs",
    `--selector=cnpg.io/cluster=${cluster},cnpg.io/podRole=instance`,
    `--namespace=${namespace}`,
    "--container=plugin-barman-cloud",
    "--since=30m",
    "--tail=2000",
  ).catch(() => "");
  return barmanErrors(lines).at(-1);
}
