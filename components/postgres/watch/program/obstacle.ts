import { type Cluster, type Pod, instancesOf, isReady } from "./objects.ts";

/**
 * The phases in which nothing is going on with the primary. In all others the operator or its user is at work on it, and
 * whoever deletes it then makes things worse.
 */
const CALM: readonly string[] = [
  "Cluster in healthy state",
  // A replica is missing, or is made: the primary is as it was.
  "Waiting for the instances to become active",
  "Creating a new replica",
  // The operator waits for a primary that hangs, or is gone, to give its lease back: what the watch is for.
  "Failing over",
];

/** CloudNativePG stops a primary that has lost its lease by itself from this version on. */
const FENCES_SINCE = [1, 31] as const;

/** Why the primary of a cluster is not to be deleted, however silent it is. Undefined if nothing speaks against it. */
export function obstacle(cluster: Cluster, pods: readonly Pod[]): string | undefined {
  return declared(cluster) ?? inProgress(cluster, pods) ?? withoutSuccessor(cluster, pods);
}

/** The pod of the current primary. Undefined if there is none, or if it is being deleted. */
export function primaryOf(cluster: Cluster, pods: readonly Pod[]): Pod | undefined {
  const name = cluster.status?.currentPrimary;
  return instancesOf(cluster, pods).find(
    ({ metadata }) => metadata.name === name && metadata.deletionTimestamp === undefined,
  );
}

function declared({ metadata, spec }: Cluster): string | undefined {
  const { annotations = {}, deletionTimestamp } = metadata;
  if (deletionTimestamp !== undefined) return "the cluster is being deleted";
  if (isReplica(spec)) return "it is a replica cluster, and nobody writes to it";
  if (annotations["cnpg.io/hibernation"] === "on") return "the cluster is hibernated";
  if ((annotations["cnpg.io/fencedInstances"] ?? "[]") !== "[]") return "instances are fenced";
  if (annotations["cnpg.io/reconciliationLoop"] === "disabled") return "the operator is paused";
  if (spec.nodeMaintenanceWindow?.inProgress === true) return "a maintenance window is open";
  return undefined;
}

function isReplica({ replica }: Cluster["spec"]): boolean {
  if (!replica) return false;
  return replica.enabled ?? replica.primary !== replica.self;
}

function inProgress(cluster: Cluster, pods: readonly Pod[]): string | undefined {
  const { phase = "unknown", currentPrimary, targetPrimary } = cluster.status ?? {};
  if (!CALM.includes(phase)) return `the cluster is in the phase "${phase}"`;
  const primary = primaryOf(cluster, pods);
  if (!primary) return "the primary's pod does not exist, or is being deleted";
  // "pending" is how the operator calls a target before it has chosen one.
  if (targetPrimary !== currentPrimary && phase !== "Failing over") {
    return "a switchover is in progress";
  }
  if (fences(primary)) return "its version of CloudNativePG stops a lost primary by itself";
  return undefined;
}

/** Whether the operator that made an instance needs no watch. */
function fences({ metadata: { annotations = {} } }: Pod): boolean {
  const [major = 0, minor = 0] = (annotations["cnpg.io/operatorVersion"] ?? "")
    .split(".")
    .map(Number);
  return major > FENCES_SINCE[0] || (major === FENCES_SINCE[0] && minor >= FENCES_SINCE[1]);
}

function withoutSuccessor(cluster: Cluster, pods: readonly Pod[]): string | undefined {
  const primary = primaryOf(cluster, pods);
  const successors = instancesOf(cluster, pods).filter(
    (pod) =>
      pod.metadata.name !== primary?.metadata.name &&
      pod.metadata.deletionTimestamp === undefined &&
      pod.spec.nodeName !== primary?.spec.nodeName &&
      isReady(pod),
  );
  return successors.length === 0 ? "no replica on another node is ready to follow" : undefined;
}
