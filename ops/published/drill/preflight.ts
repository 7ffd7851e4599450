import type { Access } from "../access.ts";
import { archiveOf } from "../archive.ts";
import { validateSource, type Found, type Rights } from "./validation.ts";
import { getJson, type Kubectl } from "../kubectl.ts";
import {
  type Backup,
  BACKUPS,
  type Cluster,
  CLUSTERS,
  OBJECT_STORES,
  type ObjectStore,
} from "../objects.ts";
import type { Violation } from "../../../components/contract/violation.ts";
import { refuseAny, Refused } from "../refusal.ts";
import type { DrillRequest } from "./request.ts";
import { writtenWal } from "../wal.ts";

/** A source that a drill can be started for. */
export interface Ready {
  source: Cluster;
  /** All clusters of the namespace. */
  clusters: Cluster[];
}

/**
 * Validates everything that a drill needs.
 *
 * @throws Refused with all violations, including those of the options. Nothing has been created by then.
 */
export async function acceptRequest(
  kubectl: Kubectl,
  access: Access,
  { request, violations }: { request: DrillRequest; violations: readonly Violation[] },
  now: Date,
): Promise<Ready> {
  const clusters = await clustersOf(kubectl, access, request);
  if ("path" in clusters) throw new Refused([...violations, clusters]);
  const source = clusters.items.find(({ metadata }) => metadata.name === request.cluster);
  if (!source) throw new Refused([...violations, unknownCluster(request, clusters.items)]);
  const found = await gatherFacts(kubectl, source);
  refuseAny([...violations, ...validateSource(source, found, request.targetTime, now)]);
  return { source, clusters: clusters.items };
}

async function clustersOf(
  kubectl: Kubectl,
  { context, whenSilent }: Access,
  { cluster, namespace }: DrillRequest,
): Promise<{ items: Cluster[] } | Violation> {
  const inNamespace = namespace === undefined ? [] : [`--namespace=${namespace}`];
  const { ok, output, error, missing } = await kubectl([
    "get",
    CLUSTERS,
    ...inNamespace,
    "--output=json",
    "--request-timeout=15s",
  ]);
  if (ok) return JSON.parse(output) as { items: Cluster[] };
  if (missing) {
    return {
      path: "kubectl",
      value: undefined,
      reason: "must be on the PATH: the drill uses it for everything",
      remedy: "Install it: https://kubernetes.io/docs/tasks/tools/",
    };
  }
  const message = error.split("\n").at(-1) ?? "";
  if (/context .*(does not exist|not found)/.test(error)) {
    return {
      path: "--context",
      value: context,
      reason: "does not exist in the kubeconfig",
      remedy: whenSilent,
    };
  }
  if (error.includes("doesn't have a resource type")) {
    return {
      path: "--cluster",
      value: cluster,
      reason: "CloudNativePG is not installed in the cluster of the context",
      remedy: "Use the context of the right cluster",
    };
  }
  if (/forbidden/i.test(error)) {
    return {
      path: "--cluster",
      value: cluster,
      reason: `you are not allowed to list clusters there: ${message}`,
      remedy: `Ask an administrator for list on ${CLUSTERS}`,
    };
  }
  return {
    path: "--context",
    value: context,
    reason: `the API server does not answer: ${message}`,
    remedy: whenSilent,
  };
}

function unknownCluster(
  { cluster, namespace }: DrillRequest,
  there: readonly Cluster[],
): Violation {
  const names = there.map(({ metadata }) => metadata.name).join(", ");
  const place = namespace === undefined ? "the namespace of the context" : `namespace ${namespace}`;
  return {
    path: "--cluster",
    value: cluster,
    reason: `does not exist in ${place}`,
    remedy:
      names === ""
        ? "Set its --namespace: no other Cluster exists here"
        : `Set its --namespace, or use a Cluster that is here: ${names}`,
  };
}

async function gatherFacts(kubectl: Kubectl, source: Cluster): Promise<Found> {
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
