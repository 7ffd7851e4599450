import { archiveWal, endWalFile, isFollowing } from "./archived-wal.ts";
import { archiveOf } from "./archives.ts";
import { takenBackup } from "./backups.ts";
import { type ClusterEndpoints, deployedClusters } from "../clusters.ts";
import type { Kubectl } from "../published/kubectl.ts";
import type { Engine } from "../engine/engine.ts";
import { kubectlOf } from "../kubectl.ts";
import type { Target } from "../target.ts";

/** How often the sources of a replica end their WAL files while it waits for that. */
const endFilesMs = 30_000;

/** What the last WAL file has at the least to be archived in, however long the backup took. */
const leastSeconds = 60;

/**
 * Takes a base backup of each database of a stack, one after the other, and sees to it that it can be restored, with all that
 * was committed until then.
 *
 * @throws Error when one of them has no archive, its backup fails or takes longer than it may, with what is known of the reason.
 */
export async function finalBackups(
  target: Target,
  engine: Engine,
  timeoutSeconds: number,
): Promise<void> {
  const clusters = await deployedClusters(engine);
  const unarchived = clusters.filter(({ backupServerName }) => backupServerName === undefined);
  if (unarchived.length > 0) {
    throw new Error(
      `nothing was destroyed, since there is no archive for a final backup of ${namesOf(unarchived)}: ` +
        "take it out of the stack first, or leave --final-backup out",
    );
  }
  for (const cluster of clusters) {
    const others = clusters.filter((other) => other !== cluster);
    await finalBackup(target, cluster, others, timeoutSeconds).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        `nothing was destroyed, since the final backup of ${cluster.name} failed: ${reason}`,
      );
    });
  }
}

async function finalBackup(
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
  const { phase, backupId, error } = await takenBackup(
    kubectl,
    { name, cluster: of, namespace },
    {
      timeoutSeconds,
      storeError,
      tell: (now) => {
        say(`final backup of ${of}: ${now}`);
      },
      ...(isReplica && { meanwhile: endingFiles(kubectl, others) }),
    },
  );
  if (phase !== "completed") throw new Error((await storeError()) ?? error ?? phase ?? "");
  if (!isReplica) {
    say(`final backup of ${of}: waiting for the rest of its WAL to be archived`);
    const seconds = Math.max(leastSeconds, (deadline - Date.now()) / 1000);
    await archiveWal(kubectl, cluster, seconds, storeError);
  }
  say(`it is ${backupId ?? ""} of the archive ${backupServerName}; note that name down`);
}

/** A replica's backup is complete when the source has ended the WAL file in which it ends: an idle one does not by itself. */
function endingFiles(kubectl: Kubectl, clusters: readonly ClusterEndpoints[]): () => Promise<void> {
  let last = Date.now();
  return async () => {
    if (Date.now() - last < endFilesMs) return;
    last = Date.now();
    // Replicas cannot, and a source that does not answer is found out by its own final backup.
    for (const cluster of clusters) await endWalFile(kubectl, cluster).catch(() => undefined);
  };
}

function namesOf(clusters: readonly ClusterEndpoints[]): string {
  return clusters.map(({ name }) => name).join(", ");
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
