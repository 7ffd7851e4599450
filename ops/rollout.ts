import { setTimeout as sleep } from "node:timers/promises";
import { askInstance, type ClusterEndpoints } from "./clusters.ts";
import { kubectl, kubectlJson } from "./kubectl.ts";
import type { Target } from "./target.ts";

const healthy = "Cluster in healthy state";

/**
 * Time without outstanding work after which the rollout counts as complete: on a busy machine the operator needs up to
 * that long to start its next step.
 */
const quietMs = 10_000;
const pauseMs = 1000;
const timeoutMs = 40 * 60_000;

/** The number of the last change of each Cluster that exists, by its name. */
export async function generationsOf(
  target: Target,
  clusters: readonly ClusterEndpoints[],
): Promise<Map<string, string>> {
  const known = await Promise.all(
    clusters.map(
      async (cluster) =>
        [cluster.name, await ask(target, cluster, "{.metadata.generation}")] as const,
    ),
  );
  return new Map(known.filter(([, generation]) => generation !== ""));
}

/**
 * Waits until a changed cluster has applied its settings and finished all restarts. The operator does not report which
 * generation its status belongs to, so the engine reads the old status and returns before the rollout has begun.
 *
 * @throws Error with the outstanding work after 40 minutes.
 */
export async function waitUntilSettled(target: Target, cluster: ClusterEndpoints): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let told = "";
  let quietSince = Date.now();
  while (Date.now() - quietSince < quietMs) {
    const missing = await outstanding(target, cluster);
    if (missing !== undefined) {
      quietSince = Date.now();
      if (missing !== told) process.stdout.write(`${cluster.name}: ${missing}\n`);
      told = missing;
    }
    if (Date.now() > deadline) throw new Error(`${cluster.name} has not settled: ${told}`);
    await sleep(pauseMs);
  }
}

/** Outstanding work of a cluster: its phase, or the instance that has not applied a setting. */
async function outstanding(target: Target, cluster: ClusterEndpoints): Promise<string | undefined> {
  const { spec, status } = await kubectlJson<ClusterObject>(target, ...objectOf(cluster));
  if (status.phase !== healthy) return status.phase;
  const instances = status.instanceNames ?? [];
  if (instances.length !== spec.instances) return "Waiting for instances";
  for (const instance of instances) {
    const settings = await askInstance(target, cluster, instance, settingsInFiles);
    if (settings === undefined) return `${instance} does not answer`;
    const applied = new Set(settings.map(([name = "", value = ""]) => `${name} ${value}`));
    const waiting = Object.entries(spec.postgresql.parameters ?? {})
      .filter(([name, value]) => !applied.has(`${name.toLowerCase()} ${value}`))
      .map(([name]) => name);
    if (waiting.length > 0) return `${instance} has not applied ${waiting.join(", ")}`;
  }
  return undefined;
}

/** Values as the operator wrote them to the files. A setting that waits for a restart is not applied. */
const settingsInFiles = "SELECT lower(name), setting FROM pg_file_settings WHERE applied";

interface ClusterObject {
  spec: { instances: number; postgresql: { parameters?: Record<string, string> } };
  status: { phase: string; instanceNames?: string[] };
}

function ask(target: Target, cluster: ClusterEndpoints, path: string): Promise<string> {
  return kubectl(target, ...objectOf(cluster), "--ignore-not-found", `--output=jsonpath=${path}`);
}

function objectOf({ name, namespace }: ClusterEndpoints): string[] {
  return ["get", "clusters.postgresql.cnpg.io", name, `--namespace=${namespace}`];
}
