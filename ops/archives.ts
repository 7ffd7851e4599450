import { type Archive, barmanErrors } from "./archive-report.ts";
import type { ClusterEndpoints } from "./clusters.ts";
import { BARMAN_CLOUD } from "./drill/archive.ts";
import { CLUSTERS, type Cluster, OBJECT_STORES, type ObjectStore } from "./drill/objects.ts";
import { kubectl, kubectlJson } from "./kubectl.ts";
import type { Target } from "./target.ts";

type RecoveryWindow = NonNullable<
  NonNullable<ObjectStore["status"]>["serverRecoveryWindow"]
>[string];

/** The archive of a cluster; undefined when it has none. */
export async function archiveOf(
  target: Target,
  { name, namespace }: ClusterEndpoints,
): Promise<Archive | undefined> {
  const inNamespace = `--namespace=${namespace}`;
  const { spec, status } = await kubectlJson<Cluster>(
    target,
    ...["get", CLUSTERS, name, inNamespace],
  );
  const parameters = spec.plugins?.find((plugin) => plugin.name === BARMAN_CLOUD)?.parameters;
  if (parameters?.["barmanObjectName"] === undefined) return undefined;
  const store = await kubectlJson<ObjectStore>(
    target,
    ...["get", OBJECT_STORES, parameters["barmanObjectName"], inNamespace],
  );
  const serverName = parameters["serverName"] ?? name;
  const window = store.status?.serverRecoveryWindow?.[serverName] ?? {};
  const archiving = status?.conditions?.find(({ type }) => type === "ContinuousArchiving");
  const archive = {
    serverName,
    failingSince: archiving?.status === "False" ? archiving.lastTransitionTime : undefined,
    backupFailedAt: failedAfterAll(window),
    lastBackup: window.lastSuccessfulBackupTime,
    recoverableSince: window.firstRecoverabilityPoint,
  };
  const isWell = archive.failingSince === undefined && archive.backupFailedAt === undefined;
  return { ...archive, reason: isWell ? undefined : await lastError(target, name, namespace) };
}

function failedAfterAll(window: RecoveryWindow): string | undefined {
  const { lastFailedBackupTime: failed, lastSuccessfulBackupTime: good = "" } = window;
  return failed !== undefined && failed > good ? failed : undefined;
}

/**
 * The last error that Barman has printed in one of the instances. The conditions and the Backup objects have no more than its
 * exit status.
 */
async function lastError(
  target: Target,
  cluster: string,
  namespace: string,
): Promise<string | undefined> {
  const lines = await kubectl(
    target,
    ...["logs", `--selector=cnpg.io/cluster=${cluster},cnpg.io/podRole=instance`],
    ...[`--namespace=${namespace}`, "--container=plugin-barman-cloud"],
    ...["--since=30m", "--tail=2000"],
  ).catch(() => "");
  return barmanErrors(lines).at(-1);
}
