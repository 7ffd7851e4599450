import { DRILL, isLeftOver } from "./identity.ts";
import type { Answer, Kubectl } from "./kubectl.ts";
import { CLUSTERS, type Cluster } from "./objects.ts";
import type { Progress } from "./progress.ts";
import { releaseVolumes } from "./volumes.ts";

/** Longer than a database takes to shut down. */
const PATIENCE_MS = 180_000;

/** A cluster, and what Kubernetes deletes with it and nobody wants to be left. */
const BELONGINGS = `${CLUSTERS},persistentvolumeclaims,secrets,pods`;

/**
 * Deletes a drill's cluster and waits until its volumes and Secrets are gone as well. By the drill's own label and not by
 * name, so that nothing else can ever be meant.
 *
 * @returns undefined, or what is still there.
 */
export async function remove(
  kubectl: Kubectl,
  { name, namespace }: { name: string; namespace: string },
  pollMs: number,
): Promise<string | undefined> {
  const inNamespace = `--namespace=${namespace}`;
  const volumes = await releaseVolumes(kubectl, { name, namespace });
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const deleted = await kubectl([
      ...["delete", CLUSTERS, inNamespace, `--selector=${DRILL}=${name}`, "--wait=false"],
    ]);
    const there = await kubectl(["get", BELONGINGS, inNamespace, "--output=name"]);
    // Not all bear the label: the operator leaves it out of the Secrets with certificates.
    const left = there.output.split("\n").filter((line) => isOf(name, line));
    if (deleted.ok && isComplete(there) && left.length === 0) {
      return volumes.length > 0 ? `${volumes.join(", ")}: the StorageClass retains it` : undefined;
    }
    if (Date.now() > deadline) {
      return left.length > 0 ? left.join(", ") : deleted.error || there.error;
    }
    // Kubernetes deletes what belongs to a deleted cluster by itself, and by and by.
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** Whether `secret/orders-drill-k3x9qa-ca` is the cluster itself or something of it: no other name begins with this one. */
function isOf(cluster: string, line: string): boolean {
  const name = line.slice(line.indexOf("/") + 1);
  return name === cluster || name.startsWith(`${cluster}-`);
}

/** Whoever may not look at Secrets has to trust that they go with the rest. */
function isComplete({ ok, error }: Answer): boolean {
  return ok || error.split("\n").every((line) => line.includes("(Forbidden)"));
}

/** Removes what earlier drills of a cluster left behind that were killed. */
export async function removeLeftOvers(
  { kubectl, progress, pollMs }: { kubectl: Kubectl; progress: Progress; pollMs: number },
  clusters: readonly Cluster[],
  of: string,
  now: Date,
): Promise<void> {
  for (const { metadata } of clusters.filter((one) => isLeftOver(one.metadata, of, now))) {
    progress.step(`removing ${metadata.name}, which a drill that was killed has left`);
    const rest = await remove(kubectl, metadata, pollMs);
    if (rest !== undefined) progress.note(`${metadata.name} is not gone yet: ${rest}`);
  }
}
