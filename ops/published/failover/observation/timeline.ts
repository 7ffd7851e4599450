import { type Cluster, HEALTHY, isReady, type Pod } from "../../objects.ts";
import type { Change } from "./watch.ts";

/** What happens in a failover, in the order in which it mostly does. */
export const MOMENTS = {
  fault: "fault",
  notReady: "pod not ready",
  failingOver: "failing over",
  lease: "lease",
  promoted: "promoted",
  endpoint: "endpoint",
  replica: "first replica",
  commit: "first commit",
  ended: "fault ended",
  healthy: "healthy again",
} as const;

export type Moment = keyof typeof MOMENTS;

/** A moment, by this machine's clock in milliseconds, and what it was about. */
export interface Seen {
  at: number;
  detail: string;
}

export interface Lease {
  metadata: { name: string };
  spec?: { holderIdentity?: string };
}

export interface EndpointSlice {
  metadata: { name: string };
  endpoints?:
    { conditions?: { ready?: boolean }; targetRef?: { name?: string; uid?: string } }[] | null;
}

/** What is known before a fault. */
export interface Before {
  primary: Pod;
  instances: number;
}

/** What the objects of a cluster tell of a failover: each moment is when it was seen first. */
export class Timeline {
  readonly seen = new Map<Moment, Seen>();
  private readonly before: Before;
  private readonly pods = new Map<string, Pod>();
  private readonly slices = new Map<string, EndpointSlice>();
  private cluster: Cluster | undefined;
  private holder = "";
  /** Whether anything of the cluster has shown the fault. */
  private isDisturbed = false;
  /** Whether the Service has had another endpoint, or none, since the fault. */
  private isServiceMoved = false;

  constructor(before: Before) {
    this.before = before;
    this.pods.set(before.primary.metadata.name, before.primary);
  }

  /** The instance that is primary by now. */
  get primary(): string {
    return this.cluster?.status?.currentPrimary ?? this.before.primary.metadata.name;
  }

  begin(at: number, detail: string): void {
    this.seen.set("fault", { at, detail });
  }

  /** Notes a moment that these objects do not tell. */
  note(moment: Moment, at: number, detail = ""): void {
    if (this.isBegun && !this.seen.has(moment)) this.seen.set(moment, { at, detail });
  }

  onPod(change: Change, pod: Pod, at: number): void {
    const { name, uid } = pod.metadata;
    if (change === "DELETED") this.pods.delete(name);
    else this.pods.set(name, pod);
    const { primary } = this.before;
    if (name === primary.metadata.name && this.isBegun) {
      const isGone = change === "DELETED" || uid !== primary.metadata.uid;
      if (isGone || !isReady(pod) || restarts(pod) > restarts(primary)) {
        this.isDisturbed = true;
        this.note("notReady", at, isGone ? `${name} is gone` : name);
      }
    }
    this.judge(at);
  }

  onCluster(cluster: Cluster, at: number): void {
    this.cluster = cluster;
    const { phase, targetPrimary, currentPrimary = "" } = cluster.status ?? {};
    const old = this.before.primary.metadata.name;
    const isTargeted = targetPrimary !== undefined && targetPrimary !== "" && targetPrimary !== old;
    if (this.isBegun && (isTargeted || phase === FAILING_OVER || phase === SWITCHING)) {
      this.isDisturbed = true;
      this.note("failingOver", at, phase);
    }
    if (currentPrimary !== "" && currentPrimary !== old) this.note("promoted", at, currentPrimary);
    this.judge(at);
  }

  onLease({ spec }: Lease, at: number): void {
    const holder = spec?.holderIdentity ?? "";
    if (this.isBegun && holder !== "" && holder !== this.holder) {
      // An old primary that comes back may take it once more before its successor does.
      const taken = this.seen.get("lease")?.detail;
      if (taken === this.before.primary.metadata.name) this.seen.delete("lease");
      this.note("lease", at, holder);
    }
    this.holder = holder;
  }

  onEndpoints(change: Change, slice: EndpointSlice, at: number): void {
    if (change === "DELETED") this.slices.delete(slice.metadata.name);
    else this.slices.set(slice.metadata.name, slice);
    if (!this.isBegun) return;
    const ready = [...this.slices.values()]
      .flatMap(({ endpoints }) => endpoints ?? [])
      .filter(({ conditions }) => conditions?.ready !== false);
    const { uid } = this.before.primary.metadata;
    if (!ready.some(({ targetRef }) => targetRef?.uid === uid)) this.isServiceMoved = true;
    const [first] = ready;
    if (first && this.isServiceMoved) this.note("endpoint", at, first.targetRef?.name);
  }

  /** Why the cluster is not whole yet. Undefined if it is. */
  lacks(): string | undefined {
    const { phase, readyInstances, currentPrimary, targetPrimary } = this.cluster?.status ?? {};
    const { instances } = this.before;
    if (phase !== HEALTHY) return phase ?? "unknown";
    if (currentPrimary !== targetPrimary) return `${targetPrimary ?? ""} is being promoted`;
    // A pod whose deletion was missed is among them.
    const ready = [...this.pods.values()].filter(isReady).length;
    if (ready < instances || readyInstances !== instances) {
      return `${Math.min(ready, readyInstances ?? 0)} of ${instances} instances are ready`;
    }
    return undefined;
  }

  /** Whether the cluster is whole after a fault that it has noticed, or that has passed it by for so long. */
  isWhole(at: number, patienceMs: number): boolean {
    if (this.lacks() !== undefined) return false;
    const fault = this.seen.get("fault")?.at ?? at;
    return this.isDisturbed || at - fault > patienceMs;
  }

  private get isBegun(): boolean {
    return this.seen.has("fault");
  }

  /** The cluster is healthy again from the last time that it became whole. */
  private judge(at: number): void {
    if (this.lacks() !== undefined) this.seen.delete("healthy");
    else if (this.isDisturbed) this.note("healthy", at);
  }
}

const FAILING_OVER = "Failing over";
const SWITCHING = "Switchover in progress";

function restarts({ status }: Pod): number {
  return status?.containerStatuses?.find(({ name }) => name === "postgres")?.restartCount ?? 0;
}
