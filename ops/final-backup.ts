import { archiveOf } from "./archives.ts";
import { takenBackup } from "./backups.ts";
import { type ClusterEndpoints, deployedClusters } from "./clusters.ts";
import type { Engine } from "./engine.ts";
import type { Target } from "./target.ts";

/**
 * Takes a base backup of each database of a stack, one after the other, however long that takes.
 *
 * @throws Error when one of them has no archive, or its backup fails, with what the store says of it.
 */
export async function finalBackups(target: Target, engine: Engine): Promise<void> {
  const clusters = await deployedClusters(engine);
  const unarchived = clusters.filter(({ backupServerName }) => backupServerName === undefined);
  if (unarchived.length > 0) {
    throw new Error(
      `nothing was destroyed, since there is no archive for a final backup of ${namesOf(unarchived)}: ` +
        "take it out of the stack first, or leave --final-backup out",
    );
  }
  for (const cluster of clusters) await finalBackup(target, cluster);
}

async function finalBackup(target: Target, cluster: ClusterEndpoints): Promise<void> {
  const { name: of, namespace, backupServerName } = cluster;
  const name = `${of}-final-${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}`;
  const { phase, backupId, error } = await takenBackup(
    target,
    { name, cluster: of, namespace },
    (now) => {
      say(`final backup of ${of}: ${now}`);
    },
  ).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `nothing was destroyed, since the final backup of ${of} was not taken: ${reason}`,
    );
  });
  if (phase === "failed") {
    const reason = (await archiveOf(target, cluster))?.reason ?? error ?? "";
    throw new Error(`nothing was destroyed, since the final backup of ${of} failed: ${reason}`);
  }
  say(`it is ${backupId ?? ""} of the archive ${backupServerName ?? ""}; note that name down`);
}

function namesOf(clusters: readonly ClusterEndpoints[]): string {
  return clusters.map(({ name }) => name).join(", ");
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
