import { setTimeout as sleep } from "node:timers/promises";
import { archiveOf } from "./archives.ts";
import { hasBegun, isOver, obstacleTo, predecessor } from "./backup-obstacle.ts";
import { backupRequest } from "./backup-request.ts";
import { showDuration } from "./drill/duration.ts";
import { BACKUPS, type Backup, CLUSTERS, type Cluster } from "./drill/objects.ts";
import { kubectl, kubectlJson, kubectlWith } from "./kubectl.ts";
import type { Target } from "./target.ts";

const pauseMs = 1000;

/** How long the operator may take to begin with a backup that waits for no other: pods become ready within it. */
const beginSeconds = 600;

/** A base backup that is to be taken. */
export interface WantedBackup {
  name: string;
  cluster: string;
  namespace: string;
}

/** How somebody waits for a base backup. */
export interface Patience {
  timeoutSeconds: number;
  /** Is told each phase that the backup goes through. */
  tell?: (phase: string) => void;
  /** What is done each time before one looks again. */
  meanwhile?: () => Promise<void>;
}

/**
 * Asks for a base backup and returns what came of it, completed or failed.
 *
 * @throws Error with the reason when it does not begin, or does not come to an end in time.
 */
export async function takenBackup(
  target: Target,
  wanted: WantedBackup,
  { timeoutSeconds, tell = () => undefined, meanwhile = () => Promise.resolve() }: Patience,
): Promise<NonNullable<Backup["status"]>> {
  const { name, cluster } = wanted;
  const inNamespace = `--namespace=${wanted.namespace}`;
  await kubectlWith(target, backupRequest(name, cluster), "create", inNamespace);
  const asked = Date.now();
  let told = "";
  /** Since when nothing but the operator keeps it from beginning. */
  let free = asked;
  for (;;) {
    const { status = {} } = await kubectlJson<Backup>(target, "get", BACKUPS, name, inNamespace);
    const { phase = "requested" } = status;
    if (phase !== told) tell(phase);
    told = phase;
    if (isOver(phase)) return status;
    if (hasBegun(status.phase) || predecessor(await othersOf(target, wanted))) free = Date.now();
    const isLate = secondsSince(asked) > timeoutSeconds;
    if (isLate || secondsSince(free) > Math.min(beginSeconds, timeoutSeconds)) {
      const why = await obstacle(target, wanted, status.phase);
      const left = await leftOf(target, wanted, status.phase);
      throw new Error(`it is ${phase} after ${showDuration(secondsSince(asked))}: ${why}; ${left}`);
    }
    await meanwhile();
    await sleep(pauseMs);
  }
}

async function othersOf(
  target: Target,
  { name, cluster, namespace }: WantedBackup,
): Promise<Backup[]> {
  const { items } = await kubectlJson<{ items: Backup[] }>(
    target,
    ...["get", BACKUPS, `--namespace=${namespace}`],
  );
  return items.filter(
    ({ spec, metadata }) => spec.cluster.name === cluster && metadata.name !== name,
  );
}

async function obstacle(
  target: Target,
  wanted: WantedBackup,
  phase: string | undefined,
): Promise<string> {
  const { cluster: of, namespace } = wanted;
  const [others, events, cluster, archive] = await Promise.all([
    othersOf(target, wanted),
    eventsOf(target, wanted),
    kubectlJson<Cluster>(target, "get", CLUSTERS, of, `--namespace=${namespace}`),
    archiveOf(target, { name: of, namespace }),
  ]);
  const clusterPhase = [cluster.status?.phase, cluster.status?.phaseReason]
    .filter((text) => text !== undefined && text !== "")
    .join(", ");
  return obstacleTo({ phase, others, events, clusterPhase, barman: archive?.reason });
}

/** What the operator has said about a backup, oldest first. */
async function eventsOf(target: Target, { name, namespace }: WantedBackup): Promise<string[]> {
  const { items } = await kubectlJson<{ items: { message?: string }[] }>(
    target,
    ...["get", "events", `--namespace=${namespace}`, "--sort-by=.lastTimestamp"],
    `--field-selector=involvedObject.kind=Backup,involvedObject.name=${name}`,
  );
  return items.flatMap(({ message }) => message ?? []);
}

/** One that has not begun would begin when nobody expects it; one that has begun is not ended by deleting its object. */
async function leftOf(
  target: Target,
  { name, namespace }: WantedBackup,
  phase: string | undefined,
): Promise<string> {
  if (hasBegun(phase)) return `the Backup ${name} is left, and may still be completed`;
  await kubectl(target, "delete", BACKUPS, name, `--namespace=${namespace}`, "--wait=false");
  return "the request is taken back";
}

function secondsSince(ms: number): number {
  return (Date.now() - ms) / 1000;
}
