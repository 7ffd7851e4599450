import { setTimeout as sleep } from "node:timers/promises";
import { backupRequest } from "./backup-request.ts";
import { BACKUPS, type Backup } from "./drill/objects.ts";
import { kubectlJson, kubectlWith } from "./kubectl.ts";
import type { Target } from "./target.ts";

const pauseMs = 1000;

/** A base backup that is to be taken. */
export interface WantedBackup {
  name: string;
  cluster: string;
  namespace: string;
}

/**
 * Asks for a base backup and returns what came of it, completed or failed, however long that takes. Each phase that it goes
 * through is told.
 */
export async function takenBackup(
  target: Target,
  { name, cluster, namespace }: WantedBackup,
  tell: (phase: string) => void = () => undefined,
): Promise<NonNullable<Backup["status"]>> {
  const inNamespace = `--namespace=${namespace}`;
  await kubectlWith(target, backupRequest(name, cluster), "create", inNamespace);
  let told = "";
  for (;;) {
    const { status = {} } = await kubectlJson<Backup>(target, "get", BACKUPS, name, inNamespace);
    const { phase = "requested" } = status;
    if (phase !== told) tell(phase);
    told = phase;
    if (phase === "completed" || phase === "failed") return status;
    await sleep(pauseMs);
  }
}
