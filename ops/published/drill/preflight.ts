import type { Access } from "../access.ts";
import { archiveOf } from "../archive.ts";
import { judge, type Found, type Rights } from "./judgement.ts";
import { getJson, type Kubectl } from "../kubectl.ts";
import {
  type Backup,
  BACKUPS,
  type Cluster,
  CLUSTERS,
  OBJECT_STORES,
  type ObjectStore,
} from "../objects.ts";
import { type Mistake, refuseAny, Refused } from "../refusal.ts";
import type { DrillRequest } from "./request.ts";
import { writtenWal } from "../wal.ts";

/** What a drill is allowed to be made of. */
export interface Ready {
  source: Cluster;
  /** All clusters of the namespace. */
  clusters: Cluster[];
}

/**
 * Looks whether the drill can be made at all.
 *
 * @throws Refused with everything that keeps it from that, the mistakes in the options included. Nothing is created by then.
 */
export async function ready(
  kubectl: Kubectl,
  access: Access,
  { request, mistakes }: { request: DrillRequest; mistakes: readonly Mistake[] },
  now: Date,
): Promise<Ready> {
  const clusters = await clustersOf(kubectl, access, request);
  if ("path" in clusters) throw new Refused([...mistakes, clusters]);
  const source = clusters.items.find(({ metadata }) => metadata.name === request.cluster);
  if (!source) throw new Refused([...mistakes, absence(request, clusters.items)]);
  const found = await whatIsThere(kubectl, source);
  refuseAny([...mistakes, ...judge(source, found, request.targetTime, now)]);
  return { source, clusters: clusters.items };
}

async function clustersOf(
  kubectl: Kubectl,
  { context, whenSilent }: Access,
  { cluster, namespace }: DrillRequest,
): Promise<{ items: Cluster[] } | Mistake> {
  const inNamespace = namespace === undefined ? [] : [`--namespace=${namespace}`];
  const { ok, output, error, missing } = await kubectl([
    ...["get", CLUSTERS, ...inNamespace],
    ...["--output=json", "--request-timeout=15s"],
  ]);
  if (ok) return JSON.parse(output) as { items: Cluster[] };
  if (missing) {
    return {
      path: "kubectl",
      value: undefined,
      reason: "the program is not on the PATH, and the drill does all by it",
      remedy: "Install it: https://kubernetes.io/docs/tasks/tools/",
    };
  }
  const said = error.split("\n").at(-1) ?? "";
  if (/context .*(does not exist|not found)/.test(error)) {
    return {
      path: "--context",
      value: context,
      reason: "the kubeconfig has no such context",
      remedy: whenSilent,
    };
  }
  if (error.includes("doesn't have a resource type")) {
    return {
      path: "--cluster",
      value: cluster,
      reason: "CloudNativePG is not installed where the context leads",
      remedy: "Name the context of the cluster that is meant",
    };
  }
  if (/forbidden/i.test(error)) {
    return {
      path: "--cluster",
      value: cluster,
      reason: `you may not look at clusters there: ${said}`,
      remedy: `Have somebody grant you list on ${CLUSTERS}`,
    };
  }
  return {
    path: "--context",
    value: context,
    reason: `its API server does not answer: ${said}`,
    remedy: whenSilent,
  };
}

function absence({ cluster, namespace }: DrillRequest, there: readonly Cluster[]): Mistake {
  const names = there.map(({ metadata }) => metadata.name).join(", ");
  const place = namespace === undefined ? "the namespace of the context" : `namespace ${namespace}`;
  return {
    path: "--cluster",
    value: cluster,
    reason: `there is no Cluster of that name in ${place}`,
    remedy:
      names === ""
        ? "Give its --namespace: there is no other Cluster here"
        : `Give its --namespace, or the name of one that is here: ${names}`,
  };
}

async function whatIsThere(kubectl: Kubectl, source: Cluster): Promise<Found> {
  const inNamespace = `--namespace=${source.metadata.namespace}`;
  const archive = archiveOf(source);
  const may = async (verb: string, resource: string, ...rest: string[]) => {
    const { output } = await kubectl(["auth", "can-i", verb, resource, inNamespace, ...rest]);
    return output.trim() === "yes";
  };
  const [objectStore, backups, wal, create, remove, execute] = await Promise.all([
    "path" in archive
      ? undefined
      : getJson<ObjectStore>(kubectl, OBJECT_STORES, archive.objectStore, inNamespace),
    getJson<{ items: Backup[] }>(kubectl, BACKUPS, inNamespace),
    writtenWal(kubectl, source),
    may("create", CLUSTERS),
    may("delete", CLUSTERS),
    may("create", "pods", "--subresource=exec"),
  ]);
  const rights: Rights = { create, delete: remove, exec: execute };
  return { archive, objectStore, backups: backups?.items ?? [], wal, rights };
}
