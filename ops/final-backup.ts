import { setTimeout as sleep } from "node:timers/promises";
import { archiveOf } from "./archives.ts";
import { backupRequest } from "./backup-request.ts";
import { type ClusterEndpoints, deployedClusters } from "./clusters.ts";
import { BACKUPS, type Backup } from "./drill/objects.ts";
import type { Engine } from "./engine.ts";
import { kubectlCreate, kubectlJson } from "./kubectl.ts";
import type { Target } from "./target.ts";

const pauseMs = 1000;

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
  const { namespace, backupServerName } = cluster;
  const name = `${cluster.name}-final-${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}`;
  await kubectlCreate(target, namespace, backupRequest(name, cluster.name));
  for (let told = ""; ;) {
    const { status = {} } = await kubectlJson<Backup>(
      target,
      ...["get", BACKUPS, name, `--namespace=${namespace}`],
    );
    const { phase = "requested", backupId = "", error = "" } = status;
    if (phase !== told) say(`final backup of ${cluster.name}: ${phase}`);
    told = phase;
    if (phase === "completed") {
      say(`it is ${backupId} of the archive ${backupServerName ?? ""}; note that name down`);
      return;
    }
    if (phase === "failed") {
      const reason = (await archiveOf(target, cluster))?.reason ?? error;
      throw new Error(
        `nothing was destroyed, since the final backup of ${cluster.name} failed: ${reason}`,
      );
    }
    await sleep(pauseMs);
  }
}

function namesOf(clusters: readonly ClusterEndpoints[]): string {
  return clusters.map(({ name }) => name).join(", ");
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
