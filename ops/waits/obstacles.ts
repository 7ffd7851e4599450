import { creationFault, creationRemedy, hasFailed } from "./creation.ts";
import type { Observed } from "./observed.ts";
import { lasts, operandFault } from "./operands.ts";

export type { Observed } from "./observed.ts";

/** Why something does not proceed. */
export interface Obstacle {
  /** `pod main-2 in databases`. */
  what: string;
  why: string;
  /** The change that resolves it. */
  remedy?: string;
  /** Whether it is tried again so rarely that it is told at once. */
  lasts?: true;
}

/** Finds everything that waits in a namespace, with the message of the component that it waits for. */
export function obstaclesIn(observed: readonly Observed[], now: Date): Obstacle[] {
  const events = observed.filter(({ kind }) => kind === "Event");
  return observed.flatMap((one) => {
    const why = reasonOf(one, events, now);
    if (why === undefined) return [];
    const { kind, name, namespace } = namedBy(one);
    const remedy = hasFailed(one) ? creationRemedy(one) : remedyOf(why);
    const what = `${KINDS[kind] ?? kind} ${name}${namespace === undefined ? "" : ` in ${namespace}`}`;
    return [
      { what, why, ...(remedy !== undefined && { remedy }), ...(lasts(one) && { lasts: true }) },
    ];
  });
}

const KINDS: Readonly<Record<string, string>> = {
  Pod: "pod",
  PersistentVolumeClaim: "volume claim",
  Cluster: "cluster",
  Database: "database",
  DatabaseRole: "role",
};

/** The object that an event is about. */
function namedBy({ kind, metadata, involvedObject }: Observed) {
  const { name, namespace } = metadata;
  if (kind !== "Event") return { kind, name, namespace };
  return { kind: involvedObject?.kind ?? "object", name: involvedObject?.name ?? "", namespace };
}

function reasonOf(one: Observed, events: readonly Observed[], now: Date): string | undefined {
  if (one.kind === "Pod")
    return creationFault(one) ?? reasonOfPod(one) ?? eventOf(one, events, STARTING);
  if (one.kind === "PersistentVolumeClaim" && one.status?.phase === "Pending") {
    return eventOf(one, events, PROVISIONING);
  }
  const fault = operandFault(one);
  if (fault !== undefined) return fault;
  // A refused pod does not exist, and its controller keeps retrying.
  const isRefusal = one.kind === "Event" && one.reason === "FailedCreate" && isRecent(one, now);
  return isRefusal ? one.message : undefined;
}

/** Why the scheduler finds no node, or a container does not start. */
function reasonOfPod({ status = {} }: Observed): string | undefined {
  const unscheduled = status.conditions?.find(
    ({ type, status: is }) => type === "PodScheduled" && is === "False",
  );
  if (unscheduled?.message !== undefined) return withoutPreemption(unscheduled.message);
  const waiting = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]
    .map(({ state }) => state?.waiting)
    .find((found) => found?.reason !== undefined && !UNDER_WAY.includes(found.reason));
  if (!waiting) return undefined;
  return [waiting.reason, waiting.message].filter((text) => text !== undefined).join(": ");
}

/** Reasons of a container that is starting. */
const UNDER_WAY = ["PodInitializing", "ContainerCreating"];

/** Events before the start of a container. */
const STARTING = ["FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox"];
const PROVISIONING = ["ProvisioningFailed", "FailedBinding"];

/** The last event about an object that does not run yet. */
function eventOf(
  { kind, metadata, status }: Observed,
  events: readonly Observed[],
  reasons: readonly string[],
): string | undefined {
  if (status?.phase !== "Pending") return undefined;
  return events
    .filter(
      ({ involvedObject, reason = "" }) =>
        involvedObject?.kind === kind &&
        involvedObject.name === metadata.name &&
        reasons.includes(reason),
    )
    .sort((one, other) => timeOf(one) - timeOf(other))
    .at(-1)?.message;
}

/** Events are kept for an hour, and older ones may be resolved. */
const RECENT_MS = 60_000;

function isRecent(event: Observed, now: Date): boolean {
  return now.getTime() - timeOf(event) <= RECENT_MS;
}

function timeOf({ lastTimestamp, eventTime }: Observed): number {
  return Date.parse(lastTimestamp ?? eventTime ?? "") || 0;
}

/** Removes the scheduler's note about preemption, which never applies to databases. */
function withoutPreemption(message: string): string {
  return message.replace(/\.? ?preemption: .*$/s, "");
}

/** Arguments of a database or a pooler that resolve messages of the scheduler and the kubelet. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /topology spread constraints \(missing required label\)/,
    "label the nodes with topology.kubernetes.io/zone, or set placement.zoneSpread to preferred",
  ],
  [
    /topology spread constraints(?! \(missing)/,
    "add nodes in other zones, or set placement.zoneSpread to preferred (of a pooler, placement.hostSpread as well)",
  ],
  [
    /pod (anti-)?affinity rules/,
    "add nodes, set fewer instances, or set placement.hostSpread to preferred",
  ],
  [/Insufficient (cpu|memory)/, "add nodes or larger ones, or set smaller resources"],
  [/Too many pods/, "add nodes: the existing ones accept no further pods"],
  [
    /node affinity\/selector/,
    "label nodes as placement.nodeSelector requires, or change that argument",
  ],
  [/untolerated taint/, "set placement.tolerations, or remove the taint"],
  [
    /volume node affinity conflict/,
    "its volume is bound to a node or zone that it may not use: see placement.zoneSpread and placement.nodeSelector",
  ],
  [/no storage class is set/, "set storage.storageClass, or make a StorageClass the default"],
  [
    /storageclass[^:]* not found/i,
    "set storage.storageClass to one that `kubectl get storageclasses` shows",
  ],
  [
    /unbound immediate PersistentVolumeClaims/,
    "see the message about its volume claim, or set storage.storageClass",
  ],
  [
    /(secret|configmap)s? "[^"]*" not found|missing specified .* secret /i,
    "create it in this namespace, or correct the argument that names it",
  ],
  [/couldn't find key \S+ in (Secret|ConfigMap) /, "add the key, or correct the argument"],
  [/exceeded quota/, "set smaller resources, or raise the ResourceQuota of the namespace"],
  [
    /violates PodSecurity/,
    "change the label pod-security.kubernetes.io/enforce of the namespace, or what the pod may do",
  ],
  [
    /ErrImagePull|ImagePullBackOff|ErrImageNeverPull|InvalidImageName/,
    "set image or mirror.images to what the nodes can pull",
  ],
];

function remedyOf(why: string): string | undefined {
  const remedies = REMEDIES.filter(([words]) => words.test(why)).map(([, remedy]) => remedy);
  return remedies.length === 0 ? undefined : remedies.join("; ");
}

/** Formats an obstacle as one line. */
export function lineOf({ what, why, remedy }: Obstacle): string {
  const text = why.replace(/\s+/g, " ").trim().replace(/\.$/, "");
  return `waiting: ${what}: ${text}.${remedy === undefined ? "" : ` To change it: ${remedy}.`}`;
}
