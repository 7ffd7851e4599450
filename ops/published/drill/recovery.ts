import { askPod } from "../ask.ts";
import { getJson, type Kubectl } from "../kubectl.ts";
import { CLUSTERS, type Cluster, type Pod } from "../objects.ts";
import { BACKUP_FOUND, lastLines, readRecoveryLog, type RecoveryLog } from "./recovery-log.ts";
import { recoveryStep } from "./recovery-step.ts";
import type { Tools } from "../tools.ts";
import { pause } from "../wait.ts";

/** A recovery that has failed. */
export class RecoveryFailed extends Error {
  /** The last lines of its log. */
  readonly log: string[];

  constructor(reason: string, log: string[]) {
    super(reason);
    this.log = log;
  }
}

/** A copy that serves. */
export interface Recovered {
  pod: string;
  log: RecoveryLog;
}

const SHOWN_LINES = 30;
/** One failure may be due to the network, and the operator retries by itself. */
const MAX_FAILURES = 2;
/** Part of the phase of a cluster that the operator has given up. */
const UNRECOVERABLE = "unrecoverable";

/**
 * Waits until the restored copy serves.
 *
 * @throws RecoveryFailed if it has failed permanently, exceeds its timeout, or is aborted.
 */
export async function waitForRecovery(
  { kubectl, progress, signal, pollMs }: Tools,
  at: { name: string; namespace: string },
  timeoutSeconds: number,
): Promise<Recovered> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  const job = new JobLog(kubectl, at.namespace);
  for (;;) {
    const { cluster, pods } = await look(kubectl, at);
    const jobs = pods.filter(({ metadata }) => metadata.labels?.[JOB_ROLE] === FULL_RECOVERY);
    await job.read(jobs);
    const log = readRecoveryLog(job.text);
    const pod = await servingPod(kubectl, at.namespace, cluster);
    if (pod !== undefined) return { pod, log };
    const failures = jobs.filter(({ status }) => status?.phase === "Failed").length;
    const { phase = "", phaseReason = "" } = cluster?.status ?? {};
    const fail = (reason: string) => new RecoveryFailed(reason, lastLines(job.text, SHOWN_LINES));
    if (signal.aborted) throw fail(String(signal.reason));
    if (failures >= MAX_FAILURES || phase.includes(UNRECOVERABLE)) {
      throw fail(log.fatal ?? (phaseReason === "" ? "the recovery job has failed" : phaseReason));
    }
    const step = recoveryStep(cluster, jobs, pods, log);
    if (Date.now() > deadline) throw fail(`the restore exceeded --timeout: ${step}`);
    progress.step(step);
    await pause(pollMs, signal);
  }
}

const JOB_ROLE = "cnpg.io/jobRole";
const FULL_RECOVERY = "full-recovery";
const PLUGIN = "plugin-barman-cloud";

async function look(
  kubectl: Kubectl,
  { name, namespace }: { name: string; namespace: string },
): Promise<{ cluster: Cluster | undefined; pods: Pod[] }> {
  const inNamespace = `--namespace=${namespace}`;
  const [cluster, pods] = await Promise.all([
    getJson<Cluster>(kubectl, CLUSTERS, name, inNamespace),
    getJson<{ items: Pod[] }>(kubectl, "pods", inNamespace, `--selector=cnpg.io/cluster=${name}`),
  ]);
  return { cluster, pods: pods?.items ?? [] };
}

/** The log of the job that restores. The operator removes the job as soon as the copy serves. */
class JobLog {
  text = "";
  private readonly kubectl: Kubectl;
  private readonly namespace: string;
  private plugin = "";
  /** The attempt that has been read completely. */
  private complete = "";

  constructor(kubectl: Kubectl, namespace: string) {
    this.kubectl = kubectl;
    this.namespace = namespace;
  }

  /** Reads the log of the last attempt. A finished attempt is read once. */
  async read(pods: readonly Pod[]): Promise<void> {
    const attempt = lastAttempt(pods);
    if (!attempt || this.complete === attempt.metadata.uid) return;
    const isOver = attempt.status?.phase !== "Running";
    const of = async (container: string, limit: string) => {
      const { ok, output } = await this.kubectl([
        "logs",
        attempt.metadata.name,
        `--namespace=${this.namespace}`,
        `--container=${container}`,
        limit,
      ]);
      return ok ? output : "";
    };
    // The plugin logs the chosen backup at the start, and PostgreSQL its progress at the end.
    if (!this.plugin.includes(BACKUP_FOUND)) {
      this.plugin = await of(PLUGIN, "--limit-bytes=1000000");
    }
    const postgres = await of(FULL_RECOVERY, isOver ? "--tail=1000" : "--tail=100");
    if (postgres === "") return;
    this.text = `${this.plugin}\n${postgres}`;
    if (isOver) this.complete = attempt.metadata.uid;
  }
}

function lastAttempt(pods: readonly Pod[]): Pod | undefined {
  return pods
    .filter(({ status }) => status?.phase !== "Pending")
    .sort((one, other) => createdAt(one) - createdAt(other))
    .at(-1);
}

function createdAt({ metadata }: Pod): number {
  return Date.parse(metadata.creationTimestamp);
}

/** The pod of the copy, once it takes queries and writes. */
async function servingPod(
  kubectl: Kubectl,
  namespace: string,
  cluster: Cluster | undefined,
): Promise<string | undefined> {
  const { readyInstances = 0, currentPrimary: pod } = cluster?.status ?? {};
  if (readyInstances < 1 || pod === undefined || pod === "") return undefined;
  const answer = await askPod(
    kubectl,
    { namespace, pod },
    {},
  )("postgres", "SELECT NOT pg_is_in_recovery()");
  return "rows" in answer && answer.rows[0]?.[0] === "t" ? pod : undefined;
}
