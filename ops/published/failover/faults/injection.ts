import type { NodeSwitch } from "../../access.ts";
import { deletionOf } from "../../deletion.ts";
import { getJson, type Kubectl } from "../../kubectl.ts";
import { type Cluster, CLUSTERS, type Pod } from "../../objects.ts";
import { pause } from "../../wait.ts";
import type { Fault } from "./kinds.ts";
import { CRASH, END_CONTAINER, freeze } from "./signals.ts";
import { inContainer, type Undo } from "./undo.ts";

/** A primary that is about to be hit. */
export interface Scene {
  kubectl: Kubectl;
  signal: AbortSignal;
  cluster: Cluster;
  primary: Pod;
  /** The replica that is promoted in a switchover. */
  successor: string;
  nodes: NodeSwitch | undefined;
  /** How long a fault lasts at most. */
  lastingSeconds: number;
}

/** How a fault that lasts is ended. Undefined for the others. */
export function undoOf(fault: Fault, { primary }: Scene): Undo | undefined {
  const node = primary.spec?.nodeName ?? "";
  if (fault === "drain") return { does: "uncordon", node };
  if (fault === "node") return { does: "rejoin", node };
  return fault === "freeze" ? { does: "thaw", pod: primary.metadata.name } : undefined;
}

/** @throws Error if a node is to be cordoned that somebody has cordoned already: the drill would uncordon it at the end. */
export async function assertPossible(fault: Fault, { kubectl, primary }: Scene): Promise<void> {
  const node = primary.spec?.nodeName ?? "";
  if (fault !== "drain") return;
  const found = await getJson<{ spec?: { unschedulable?: boolean } }>(kubectl, "node", node);
  if (found?.spec?.unschedulable === true) throw new Error(`${node} is cordoned already`);
}

/** Does to the primary what the fault is called. @throws Error if that is not possible. */
export async function inject(fault: Fault, scene: Scene): Promise<void> {
  const { kubectl, primary, nodes, lastingSeconds } = scene;
  const { name } = primary.metadata;
  const { namespace } = scene.cluster.metadata;
  const must = async (args: string[], input?: string) => {
    const { ok, error } = await kubectl(args, input === undefined ? {} : { input });
    if (!ok) throw new Error(`the fault ${fault} could not be caused: ${error}`);
  };
  switch (fault) {
    case "switchover":
      return must(promotion(scene.cluster, scene.successor));
    case "crash":
      return must(inContainer(namespace, name, CRASH));
    case "container":
      // The call ends with the container that it is made in.
      await kubectl(inContainer(namespace, name, END_CONTAINER));
      return;
    case "kill":
      return must(killing(namespace, name));
    case "freeze":
      return must(inContainer(namespace, name, freeze(lastingSeconds + SPARE_SECONDS)));
    case "drain":
      await must(["cordon", primary.spec?.nodeName ?? ""]);
      return evictAll(scene);
    case "node":
      return nodes?.down(primary.spec?.nodeName ?? "");
    case "volume":
      await must([
        ...["delete", "persistentvolumeclaims", `--namespace=${namespace}`],
        ...[`--selector=cnpg.io/instanceName=${name}`, "--wait=false"],
      ]);
      return must(killing(namespace, name));
    case "operator": {
      const leader = await operatorOf(kubectl);
      if (!leader) throw new Error("the operator has no leader");
      await Promise.all([
        must(killing(leader.namespace, leader.pod)),
        must(killing(namespace, name)),
      ]);
    }
  }
}

/** Longer than a drill needs to end what it has begun. */
const SPARE_SECONDS = 30;

function killing(namespace: string, pod: string): string[] {
  return [
    ...["delete", "pod", pod, `--namespace=${namespace}`],
    ...["--force", "--grace-period=0", "--wait=false"],
  ];
}

/** What `kubectl cnpg promote` does, which need not be there. It fails if the cluster has changed meanwhile. */
function promotion({ metadata }: Cluster, successor: string): string[] {
  const status = {
    targetPrimary: successor,
    targetPrimaryTimestamp: new Date().toISOString(),
    phase: "Switchover in progress",
    phaseReason: `Switching over to ${successor}`,
  };
  const { name, namespace, resourceVersion } = metadata;
  return [
    ...[
      "patch",
      CLUSTERS,
      name,
      `--namespace=${namespace}`,
      "--subresource=status",
      "--type=merge",
    ],
    `--patch=${JSON.stringify({ metadata: { resourceVersion }, status })}`,
  ];
}

const EVICT_MS = 1000;

/**
 * Evicts the instances and poolers of a cluster from the primary's node, as `kubectl drain` does with all pods of a node. The
 * disruption budget refuses the primary until the operator has promoted another one.
 */
async function evictAll({
  kubectl,
  signal,
  cluster,
  primary,
  lastingSeconds,
}: Scene): Promise<void> {
  const { name, namespace } = cluster.metadata;
  const listed = await getJson<{ items: Pod[] }>(
    kubectl,
    "pods",
    `--namespace=${namespace}`,
    `--selector=cnpg.io/cluster=${name}`,
    `--field-selector=spec.nodeName=${primary.spec?.nodeName ?? ""},status.phase=Running`,
  );
  const waiting = new Map(
    (listed?.items ?? [primary]).map(({ metadata }) => [metadata.name, metadata.uid]),
  );
  const deadline = Date.now() + lastingSeconds * 1000;
  while (waiting.size > 0 && Date.now() < deadline && !signal.aborted) {
    for (const [pod, uid] of waiting) {
      const eviction = {
        apiVersion: "policy/v1",
        kind: "Eviction",
        metadata: { name: pod, namespace },
        deleteOptions: deletionOf(uid),
      };
      const { ok, error } = await kubectl(
        ["create", `--raw=/api/v1/namespaces/${namespace}/pods/${pod}/eviction`, "--filename=-"],
        { input: JSON.stringify(eviction) },
      );
      if (ok || /\((NotFound|Conflict)\)/.test(error)) waiting.delete(pod);
    }
    if (waiting.size > 0) await pause(EVICT_MS, signal);
  }
}

/** The lease of the operator's leader has this name in any version. */
const OPERATOR_LEASE = "db9c8771.cnpg.io";

interface HeldLease {
  metadata: { namespace: string };
  spec?: { holderIdentity?: string };
}

/** The pod of the operator that leads. Undefined if there is none, or if it must not be looked for. */
export async function operatorOf(
  kubectl: Kubectl,
): Promise<{ namespace: string; pod: string } | undefined> {
  const leases = await getJson<{ items: HeldLease[] }>(
    kubectl,
    "leases.coordination.k8s.io",
    "--all-namespaces",
    `--field-selector=metadata.name=${OPERATOR_LEASE}`,
  );
  const [lease] = leases?.items ?? [];
  const pod = lease?.spec?.holderIdentity?.split("_")[0] ?? "";
  return lease && pod !== "" ? { namespace: lease.metadata.namespace, pod } : undefined;
}
