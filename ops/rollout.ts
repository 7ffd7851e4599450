import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterEndpoints } from "./clusters.ts";
import { kubectl } from "./kubectl.ts";
import type { Target } from "./target.ts";

const healthy = "Cluster in healthy state";

/** How long a cluster stays healthy that is not about to restart an instance: the operator looks every few seconds. */
const quietMs = 10_000;
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
 * Waits until a changed cluster has restarted all that it has to. The operator does not tell which change its status is
 * about, so the engine finds the old status and returns while the rollout has not even begun.
 *
 * @throws Error with the phase after 40 minutes.
 */
export async function settled(target: Target, cluster: ClusterEndpoints): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let told = "";
  let quietSince = Date.now();
  while (Date.now() - quietSince < quietMs) {
    const phase = await ask(target, cluster, "{.status.phase}");
    if (phase !== healthy) {
      quietSince = Date.now();
      if (phase !== told) process.stdout.write(`${cluster.name}: ${phase}\n`);
      told = phase;
    }
    if (Date.now() > deadline) throw new Error(`${cluster.name} has not settled: ${phase}`);
    await sleep(500);
  }
}

function ask(target: Target, { name, namespace }: ClusterEndpoints, path: string): Promise<string> {
  return kubectl(
    target,
    ...["get", "clusters.postgresql.cnpg.io", name, `--namespace=${namespace}`],
    ...["--ignore-not-found", `--output=jsonpath=${path}`],
  );
}
