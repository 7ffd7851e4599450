import { archiveWal, endWalFile, isFollowing } from "./archived-wal.ts";
import { archiveOf } from "./archives.ts";
import { takeBackup } from "./backups.ts";
import { type ClusterEndpoints, deployedClusters } from "../clusters.ts";
import type { Kubectl } from "../published/kubectl.ts";
import type { Engine } from "../engine/engine.ts";
import { kubectlOf } from "../kubectl.ts";
import type { Target } from "../target.ts";

/** Interval in which the sources of a replica end their WAL files while its backup waits for them. */
const endFilesMs = 30_000;

/** Minimum time to archive the last WAL file, however long the backup took. */
const leastSeconds = 60;

/**
 * Takes a base backup of each database of a stack, one after the other, and makes it restorable up to that moment.
 *
 * @throws Error with the known reason if a database has no archive, or if its backup fails or exceeds its time limit.
 */
export async function takeFinalBackups(
  target: Target,
  engine: Engine,
  timeoutSeconds: number,
): Promise<void> {
  const clusters = await deployedClusters(engine);
  const unarchived = clusters.filter(({ backupServerName }) => backupServerName === undefined);
  if (unarchived.length > 0) {
    throw new Error(
      `nothing was destroyed, since no archive exists for a final backup of ${namesOf(unarchived)}. ` +
        "Remove it from the stack first, or leave out --final-backup",
    );
  }
  for (const cluster of clusters) {
    const others = clusters.filter((other) => other !== cluster);
    await takeFinalBackup(target, cluster, others, timeoutSeconds).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        `nothing was destroyed, since the final backup of ${cluster.name} failed: ${reason}`,
      );
    });
  }
}

async function takeFinalBackup(
  target: Target,
  cluster: ClusterEndpoints,
  others: readonly ClusterEndpoints[],
  timeoutSeconds: number,
): Promise<void> {
  const { name: of, namespace, backupServerName = "" } = cluster;
  const kubectl = kubectlOf(target);
  const storeError = async () => (await archiveOf(target, cluster))?.reason;
  const isReplica = await isFollowing(kubectl, cluster);
  const deadline = Date.now() + timeoutSeconds * 1000;
  const name = `${of}-final-${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}`;
  const { phase, backupId, error } = await takeBackup(
    kubectl,
    { name, cluster: of, namespace },
    {
      timeoutSeconds,
      storeError,
      tell: (now) => {
        say(`final backup of ${of}: ${now}`);
      },
      ...(isReplica && { meanwhile: fileEnder(kubectl, others) }),
    },
  );
  if (phase !== "completed") throw new Error((await storeError()) ?? error ?? phase ?? "");
  if (!isReplica) {
    say(`final backup of ${of}: waiting for the rest of its WAL to be archived`);
    const seconds = Math.max(leastSeconds, (deadline - Date.now()) / 1000);
    await archiveWal(kubectl, cluster, seconds, storeError);
  }
  say(
    `final backup of ${of}: ${backupId ?? ""} in the archive ${backupServerName}; write that name down`,
  );
}

/**
 * Completes a replica's backup: its source must end the WAL file in which the backup ends, and an idle source does not
 * do so by itself.
 */
function fileEnder(kubectl: Kubectl, clusters: readonly ClusterEndpoints[]): () => Promise<void> {
  let last = Date.now();
  return async () => {
    if (Date.now() - last < endFilesMs) return;
    last = Date.now();
    // Replicas cannot end files, and the final backup of a source that does not answer reports that itself.
    for (const cluster of clusters) await endWalFile(kubectl, cluster).catch(() => undefined);
  };
}

function namesOf(clusters: readonly ClusterEndpoints[]): string {
  return clusters.map(({ name }) => name).join(", ");
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
