import { hasBegun, isOver, obstacleTo, predecessor } from "./obstacle.ts";
import { backupRequest } from "./request.ts";
import { showDuration } from "../published/duration.ts";
import { getJson, type Kubectl } from "../published/kubectl.ts";
import { BACKUPS, type Backup, CLUSTERS, type Cluster } from "../published/objects.ts";
import { pause } from "../published/wait.ts";

const pauseMs = 1000;

/** Time limit for the operator to start a backup that waits for no other one: pods become ready within it. */
const beginSeconds = 600;

/** A requested base backup. */
export interface WantedBackup {
  name: string;
  cluster: string;
  namespace: string;
}

/** Options for waiting for a base backup. */
export interface Patience {
  timeoutSeconds: number;
  /** Receives each phase of the backup. */
  tell?: (phase: string) => void;
  /** Runs between two polls. */
  meanwhile?: () => Promise<void>;
  /** The last error of the store, if it is known. */
  storeError?: () => Promise<string | undefined>;
}

/**
 * Requests a base backup and returns its final status, completed or failed.
 *
 * @throws Error with the reason if it is refused, does not start, or does not end in time.
 */
export async function takeBackup(
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
  /** Time since which only the operator delays its start. */
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
      const why = await findObstacle(kubectl, wanted, status.phase, patience);
      const left = await withdrawRequest(kubectl, wanted, status.phase);
      throw new Error(`still ${phase} after ${showDuration(seconds)}: ${why}; ${left}`);
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

async function findObstacle(
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

/** The operator's events about a backup, oldest first. */
async function eventsOf(kubectl: Kubectl, { name, namespace }: WantedBackup): Promise<string[]> {
  const all = await getJson<{ items: { message?: string }[] }>(
    kubectl,
    "events",
    `--namespace=${namespace}`,
    "--sort-by=.lastTimestamp",
    `--field-selector=involvedObject.kind=Backup,involvedObject.name=${name}`,
  );
  return (all?.items ?? []).flatMap(({ message }) => message ?? []);
}

/**
 * Withdraws a request that has not started, since it would start unexpectedly. A backup that has started does not end
 * when its object is deleted.
 */
async function withdrawRequest(
  kubectl: Kubectl,
  { name, namespace }: WantedBackup,
  phase: string | undefined,
): Promise<string> {
  if (hasBegun(phase)) return `the Backup ${name} remains and may still be completed`;
  const { ok } = await kubectl([
    "delete",
    BACKUPS,
    name,
    `--namespace=${namespace}`,
    "--wait=false",
  ]);
  return ok ? "the request was withdrawn" : `the Backup ${name} remains and may still be taken`;
}

function secondsSince(ms: number): number {
  return (Date.now() - ms) / 1000;
}
