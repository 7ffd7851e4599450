import { setTimeout as sleep } from "node:timers/promises";
import { backupRequest } from "./backup-request.ts";
import { type Backup, BACKUPS, type Cluster, CLUSTERS } from "./drill/objects.ts";
import { kubectl, kubectlJson, kubectlWith } from "./kubectl.ts";
import type { Target } from "./target.ts";
import { lineOf, obstaclesIn, type Observed } from "./waits/obstacles.ts";

const pauseMs = 1000;

/** A base backup that is to be taken. */
export interface WantedBackup {
  name: string;
  cluster: string;
  namespace: string;
}

/** Longer than a cluster that is well takes to begin, also one that is just failing over. */
const BEGIN_MS = 10 * 60_000;

/** What a backup goes through before anything of it is done. */
const NOT_BEGUN = ["requested", "pending", "started", "walArchivingFailing"];

/**
 * Asks for a base backup and returns what came of it, completed or failed, however long that takes. Each phase that it goes
 * through is told.
 *
 * @throws Error when it has not even begun after ten minutes, with why, as far as that shows. It is not asked for any longer
 * then.
 */
export async function takenBackup(
  target: Target,
  { name, cluster, namespace }: WantedBackup,
  tell: (phase: string) => void = () => undefined,
  beginMs = BEGIN_MS,
): Promise<NonNullable<Backup["status"]>> {
  const inNamespace = `--namespace=${namespace}`;
  await kubectlWith(target, backupRequest(name, cluster), "create", inNamespace);
  const deadline = Date.now() + beginMs;
  let told = "";
  for (;;) {
    const { status = {} } = await kubectlJson<Backup>(target, "get", BACKUPS, name, inNamespace);
    const { phase = "requested" } = status;
    if (phase !== told) tell(phase);
    told = phase;
    if (phase === "completed" || phase === "failed") return status;
    if (NOT_BEGUN.includes(phase) && Date.now() > deadline) {
      await kubectl(target, "delete", BACKUPS, name, inNamespace, "--wait=false");
      const why = await reasonOf(target, cluster, namespace);
      throw new Error(`it has not begun within ${Math.ceil(beginMs / 60_000)} minutes: ${why}`);
    }
    await sleep(pauseMs);
  }
}

/** What keeps a cluster from being backed up, in the words of the operator and of the scheduler. */
async function reasonOf(target: Target, cluster: string, namespace: string): Promise<string> {
  const inNamespace = `--namespace=${namespace}`;
  const { status = {} } = await kubectlJson<Cluster>(target, "get", CLUSTERS, cluster, inNamespace);
  const { items } = await kubectlJson<{ items: Observed[] }>(
    target,
    ...["get", "pods,persistentvolumeclaims,events", inNamespace],
  );
  const archiving = status.conditions?.find(({ type }) => type === "ContinuousArchiving");
  const phase = [status.phase, status.phaseReason]
    .filter((text) => text !== undefined && text !== "")
    .join(", ");
  return [
    `${cluster} is in the phase "${phase}"`,
    ...(archiving?.status === "False" ? [`WAL does not arrive: ${archiving.message}`] : []),
    ...obstaclesIn(items, new Date()).map(lineOf),
  ].join("; ");
}
