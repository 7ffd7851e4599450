import { hasBegun, isOver, obstacleTo, predecessor } from "./obstacle.ts";
import { backupRequest } from "./request.ts";
import { showDuration } from "../published/duration.ts";
import { getJson, type Kubectl } from "../published/kubectl.ts";
import { BACKUPS, type Backup, CLUSTERS, type Cluster } from "../published/objects.ts";
import { pause } from "../published/wait.ts";

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
  /** The last error of the store's, if anybody knows. */
  storeError?: () => Promise<string | undefined>;
}

/**
 * Asks for a base backup and returns what came of it, completed or failed.
 *
 * @throws Error with the reason when it is refused, does not begin, or does not come to an end in time.
 */
export async function takenBackup(
  kubectl: Kubectl,
  wanted: WantedBackup,
  patience: Patience,
): Promise<NonNullable<Backup["status"]>> {
  const { timeoutSeconds, tell, meanwhile } = patience;
  const { name, cluster, namespace } = wanted;
  const input = JSON.stringify(backupRequest(name, cluster));
  const created = await kubectl(["create", `--namespace=${namespace}`, "--filename=-"], { input });
  if (!created.ok) throw new Error(created.error);
  const asked = Date.now();
  /** Since when nothing but the operator keeps it from beginning. */
  let free = asked;
  let told = "";
  for (;;) {
    const backup = await getJson<Backup>(kubectl, BACKUPS, name, `--namespace=${namespace}`);
    const { status = {} } = backup ?? {};
    const { phase = "requested" } = status;
    if (phase !== told) tell?.(phase);
    told = phase;
    if (isOver(phase)) return status;
    if (hasBegun(status.phase) || predecessor(await othersOf(kubectl, wanted))) free = Date.now();
    const seconds = secondsSince(asked);
    if (seconds > timeoutSeconds || secondsSince(free) > beginSeconds) {
      const why = await obstacle(kubectl, wanted, status.phase, patience);
      const left = await leftOf(kubectl, wanted, status.phase);
      throw new Error(`it is ${phase} after ${showDuration(seconds)}: ${why}; ${left}`);
    }
    await meanwhile?.();
    await pause(pauseMs, new AbortController().signal);
  }
}

async function othersOf(
  kubectl: Kubectl,
  { name, cluster, namespace }: WantedBackup,
): Promise<Backup[]> {
  const all = await getJson<{ items: Backup[] }>(kubectl, BACKUPS, `--namespace=${namespace}`);
  return (all?.items ?? []).filter(
    ({ spec, metadata }) => spec.cluster.name === cluster && metadata.name !== name,
  );
}

async function obstacle(
  kubectl: Kubectl,
  wanted: WantedBackup,
  phase: string | undefined,
  { storeError }: Patience,
): Promise<string> {
  const { cluster: of, namespace } = wanted;
  const [others, events, cluster, barman] = await Promise.all([
    othersOf(kubectl, wanted),
    eventsOf(kubectl, wanted),
    getJson<Cluster>(kubectl, CLUSTERS, of, `--namespace=${namespace}`),
    storeError?.(),
  ]);
  const phases = [cluster?.status?.phase, cluster?.status?.phaseReason];
  const clusterPhase = phases.filter((text) => text !== undefined && text !== "").join(", ");
  return obstacleTo({ phase, others, events, clusterPhase, barman });
}

/** What the operator has said about a backup, oldest first. */
async function eventsOf(kubectl: Kubectl, { name, namespace }: WantedBackup): Promise<string[]> {
  const all = await getJson<{ items: { message?: string }[] }>(
    kubectl,
    ...["events", `--namespace=${namespace}`, "--sort-by=.lastTimestamp"],
    `--field-selector=involvedObject.kind=Backup,involvedObject.name=${name}`,
  );
  return (all?.items ?? []).flatMap(({ message }) => message ?? []);
}

/** One that has not begun would begin when nobody expects it; one that has begun is not ended by deleting its object. */
async function leftOf(
  kubectl: Kubectl,
  { name, namespace }: WantedBackup,
  phase: string | undefined,
): Promise<string> {
  if (hasBegun(phase)) return `the Backup ${name} is left, and may still be completed`;
  const { ok } = await kubectl([
    "delete",
    BACKUPS,
    name,
    `--namespace=${namespace}`,
    "--wait=false",
  ]);
  return ok ? "the request is taken back" : `the Backup ${name} is left, and may still be taken`;
}

function secondsSince(ms: number): number {
  return (Date.now() - ms) / 1000;
}
