import { askPod } from "../ask.ts";
import { getJson, type Kubectl } from "../kubectl.ts";
import { type Cluster, CLUSTERS, HEALTHY, instancesOf, isReady, type Pod } from "../objects.ts";
import { pause } from "../wait.ts";
import type { Tools } from "../tools.ts";

/** A replica as its primary sees it. */
export interface Replica {
  name: string;
  state: string;
  /** `sync`, `quorum`, `potential` or `async`. */
  sync: string;
  /** WAL that it has not replayed. */
  lagBytes: number;
}

const REPLICAS = `SELECT application_name, state, sync_state,
  coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn), -1)
  FROM pg_stat_replication ORDER BY application_name`;

/** The superuser must not run application functions with the names of PostgreSQL's. */
export const READING = {
  default_transaction_read_only: "on",
  search_path: "pg_catalog",
  statement_timeout: "30s",
};

/** The replicas that a primary sends WAL to. Undefined if it does not answer. */
export async function replicasOf(
  kubectl: Kubectl,
  namespace: string,
  primary: string,
  signal?: AbortSignal,
): Promise<Replica[] | undefined> {
  const answer = await askPod(
    kubectl,
    { namespace, pod: primary },
    READING,
    signal,
  )("postgres", REPLICAS);
  if ("error" in answer) return undefined;
  return answer.rows.map(([name = "", state = "", sync = "", lag]) => ({
    name,
    state,
    sync,
    lagBytes: Number(lag),
  }));
}

/** A cluster that lacks nothing. */
export interface Whole {
  cluster: Cluster;
  pods: Pod[];
  primary: Pod;
  replicas: Replica[];
}

/** Looks at a cluster, or returns what it lacks. */
export async function lookAt(
  kubectl: Kubectl,
  { name, namespace }: { name: string; namespace: string },
): Promise<Whole | string> {
  const inNamespace = `--namespace=${namespace}`;
  const [cluster, listed] = await Promise.all([
    getJson<Cluster>(kubectl, CLUSTERS, name, inNamespace),
    getJson<{ items: Pod[] }>(kubectl, "pods", inNamespace, `--selector=${instancesOf(name)}`),
  ]);
  if (!cluster || !listed) return "the API server does not answer";
  const { status, spec } = cluster;
  if (status?.phase !== HEALTHY) return status?.phase ?? "it has no status";
  const pods = listed.items;
  const ready = pods.filter(isReady).length;
  const instances = spec.instances ?? 1;
  if (ready !== instances) return `${ready} of ${instances} instances are ready`;
  const primary = pods.find(({ metadata }) => metadata.name === status.currentPrimary);
  if (!primary) return "it has no primary";
  const replicas = await replicasOf(kubectl, namespace, primary.metadata.name);
  const others = pods.filter((pod) => pod !== primary).map(({ metadata }) => metadata.name);
  const missing = others.filter(
    (other) => !replicas?.some((one) => one.name === other && one.state === "streaming"),
  );
  if (!replicas) return `${primary.metadata.name} does not answer`;
  if (missing.length > 0) return `${missing.join(", ")} does not stream`;
  return { cluster, pods, primary, replicas };
}

/** Waits until a cluster lacks nothing. @throws Error with what it lacks after the timeout, or if the drill is aborted. */
export async function whole(
  { kubectl, progress, signal }: Tools,
  at: { name: string; namespace: string },
  timeoutSeconds: number,
): Promise<Whole> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    const found = await lookAt(kubectl, at);
    if (signal.aborted) throw new Error(String(signal.reason));
    if (typeof found !== "string") return found;
    if (Date.now() > deadline)
      throw new Error(`${at.name} is not healthy after ${timeoutSeconds} s: ${found}`);
    progress.step(`waiting for ${at.name}: ${found}`);
    await pause(LOOK_MS, signal);
  }
}

const LOOK_MS = 2000;

/** The replica that has most of the WAL. */
export function successorOf({ replicas, pods, primary }: Whole): string | undefined {
  const [first] = replicas
    .filter(({ name }) => pods.some((pod) => pod !== primary && pod.metadata.name === name))
    .sort((one, other) => one.lagBytes - other.lagBytes);
  return first?.name;
}
