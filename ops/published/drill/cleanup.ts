import { deletionOf } from "../deletion.ts";
import { DRILL, isLeftOver, STARTED } from "../drill-identity.ts";
import { type Answer, getJson, type Kubectl } from "../kubectl.ts";
import { CLUSTERS, type Cluster } from "../objects.ts";
import type { Progress } from "../progress.ts";
import { releaseVolumes } from "./volumes.ts";

/** Exceeds the time that a database needs to shut down. */
const PATIENCE_MS = 180_000;

/** A cluster and the objects that Kubernetes deletes with it. */
const BELONGINGS = `${CLUSTERS},persistentvolumeclaims,secrets,pods`;

/** A cluster that a drill has created, identified by its uid. */
export interface Made {
  name: string;
  namespace: string;
  uid: string;
}

/**
 * Deletes a drill's cluster and waits until its volumes and Secrets are deleted too. The uid excludes any other object
 * with the same name.
 *
 * @returns undefined, or the objects that remain.
 */
export async function remove(
  kubectl: Kubectl,
  { name, namespace, uid }: Made,
  pollMs: number,
): Promise<string | undefined> {
  const inNamespace = `--namespace=${namespace}`;
  const volumes = await releaseVolumes(kubectl, { uid, namespace });
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const deleted = await kubectl(
      [
        "delete",
        `--raw=/apis/postgresql.cnpg.io/v1/namespaces/${namespace}/clusters/${name}`,
        "--filename=-",
      ],
      { input: JSON.stringify(deletionOf(uid)) },
    );
    const there = await kubectl(["get", BELONGINGS, inNamespace, "--output=name"]);
    // Not all of them name the cluster as their owner.
    const left = there.output.split("\n").filter((line) => isOf(name, line));
    if (isGone(deleted) && isComplete(there) && left.length === 0) {
      return volumes.length > 0 ? `${volumes.join(", ")}: the StorageClass retains it` : undefined;
    }
    if (Date.now() > deadline) {
      return left.length > 0 ? left.join(", ") : deleted.error || there.error;
    }
    // Kubernetes deletes the dependents of a deleted cluster asynchronously.
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** The cluster that was created, even if the response to its creation was lost. Undefined if it does not exist. */
export async function findMade(
  kubectl: Kubectl,
  { name, namespace, startedAt }: { name: string; namespace: string; startedAt: Date },
): Promise<Made | undefined> {
  const found = await getJson<Cluster>(kubectl, CLUSTERS, name, `--namespace=${namespace}`);
  const { uid, labels = {}, annotations = {} } = found?.metadata ?? {};
  if (uid === undefined || labels[DRILL] !== name) return undefined;
  if (annotations[STARTED] !== startedAt.toISOString()) return undefined;
  return { name, namespace, uid };
}

/** A cluster that was deleted, one that is not there, and one that is another by now. */
function isGone({ ok, error }: Answer): boolean {
  return ok || /\((NotFound|Conflict)\)/.test(error);
}

/** Whether `secret/orders-drill-k3x9qa-ca` is the cluster itself or something of it: no other name begins with this one. */
function isOf(cluster: string, line: string): boolean {
  const name = line.slice(line.indexOf("/") + 1);
  return name === cluster || name.startsWith(`${cluster}-`);
}

/** Without access to Secrets they are assumed to be deleted with the rest. */
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
    const { name, namespace, uid = "" } = metadata;
    progress.step(`removing ${name}, left behind by a killed drill`);
    const rest = await remove(kubectl, { name, namespace, uid }, pollMs);
    if (rest !== undefined) progress.note(`${name} is not removed yet: ${rest}`);
  }
}
