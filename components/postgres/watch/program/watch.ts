import { ApiError, type Api } from "./api.ts";
import { type Decision, decide, silenceOf } from "./decision.ts";
import type { Metrics } from "./metrics.ts";
import {
  type Cluster,
  type Lease,
  type List,
  type Pod,
  instancesOf,
  isReady,
  pathOf,
} from "./objects.ts";
import { probe } from "./probe.ts";
import { type Silence, Reports, leaseOf } from "./reports.ts";
import { Sights } from "./sights.ts";
import { turnLease, turnName, whoseTurn } from "./turn.ts";

/** What a watcher is told by its Deployment. */
export interface Settings {
  /** Name of its pod. */
  watcher: string;
  /** The pod's uid: what it writes goes with the pod. */
  uid: string;
  /** Name of its node. */
  node: string;
  /** Its own namespace, with the Leases. */
  namespace: string;
  /** The namespaces whose clusters it watches. */
  watched: readonly string[];
  afterMs: number;
}

const POSTGRES_PORT = 5432;

/** Less than the second between two looks, so that none waits for the one before it. */
const PROBE_MS = 900;

/** A report that is older counts no more: its watcher may be lost, too. */
const REPORT_MS = 3000;

/** How often a watcher that sees nothing unusual says so. */
const HEARTBEAT_MS = 10_000;

/** How long what was read of the API server may be taken for true. */
const READ_MS = 3000;

/**
 * The grace that a hung primary's pod is given, in seconds. It would take all of `stopDelay`, minutes in which nobody can
 * write, and uses none of it: it does not run. A primary that is only gone gets its own, since it may be well, and then
 * it stops in order.
 */
const HUNG_GRACE_SECONDS = 1;

/** Watches the primaries of some namespaces together with others like it. */
export class Watch {
  private readonly settings: Settings;
  private readonly api: Api;
  private readonly metrics: Metrics;
  private readonly sights = new Sights();
  private readonly reports = new Reports();
  private clusters: Cluster[] = [];
  private pods: Pod[] = [];
  private readAt = -Infinity;
  private reportedAt = -Infinity;
  /** The version of its own Lease that it has written. */
  private leaseVersion: string | undefined;
  /** The clusters whose silent primary is left alone, by their paths, and why: each reason is told once. */
  private readonly leftAlone = new Map<string, string>();
  /** When it has deleted a primary of a cluster. */
  private readonly deletions = new Map<string, number>();

  constructor(settings: Settings, api: Api, metrics: Metrics) {
    this.settings = settings;
    this.api = api;
    this.metrics = metrics;
  }

  /** Whether it knows what there is to watch. */
  get isReady(): boolean {
    return performance.now() - this.readAt < HEARTBEAT_MS;
  }

  /** One look at everything, and what follows from it. */
  async look(): Promise<void> {
    await Promise.all([this.read(), this.probeAll()]);
    const now = performance.now();
    const silences = this.silences(now);
    for (const path of this.leftAlone.keys()) if (!(path in silences)) this.leftAlone.delete(path);
    this.measure(now);
    const isUrgent = Object.keys(silences).length > 0;
    if (!isUrgent && now - this.reportedAt < HEARTBEAT_MS) return;
    await this.report(silences, now);
    // Only what the API server has just confirmed is acted upon.
    if (isUrgent && now - this.readAt < READ_MS) await this.act();
  }

  private async read(): Promise<void> {
    const of = async <T>(path: (namespace: string) => string) =>
      (
        await Promise.all(
          this.settings.watched.map((namespace) => this.api.get<List<T>>(path(namespace))),
        )
      ).flatMap(({ items }) => items);
    const selector = encodeURIComponent("cnpg.io/podRole=instance");
    const [clusters, pods] = await Promise.all([
      of<Cluster>((namespace) => `/apis/postgresql.cnpg.io/v1/namespaces/${namespace}/clusters`),
      of<Pod>((namespace) => `/api/v1/namespaces/${namespace}/pods?labelSelector=${selector}`),
    ]);
    this.clusters = clusters;
    this.pods = pods;
    this.readAt = performance.now();
    this.sights.keep(new Set(pods.map(({ metadata }) => metadata.uid)));
  }

  private async probeAll(): Promise<void> {
    await Promise.all(
      this.pods.map(async ({ metadata: { uid }, status }) => {
        if (status?.podIP === undefined) return;
        const sight = await probe(status.podIP, POSTGRES_PORT, PROBE_MS);
        this.sights.note(uid, sight, performance.now());
      }),
    );
  }

  private silences(now: number): Record<string, Silence> {
    const known = { node: this.settings.node, sights: this.sights, now };
    return Object.fromEntries(
      this.clusters.flatMap((cluster) => {
        const silence = silenceOf(cluster, this.pods, known);
        return silence ? [[pathOf(cluster), silence] as const] : [];
      }),
    );
  }

  /** Tells the others what it sees, and learns what they see. */
  private async report(silences: Record<string, Silence>, now: number): Promise<void> {
    const { watcher, uid, node, namespace } = this.settings;
    const leases = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
    const path = `${leases}/${watcher}`;
    const mine = leaseOf({ watcher, node, silences }, new Date());
    // Nobody else writes it; but an update needs the version, which the answer to the last one may not have brought.
    const resourceVersion =
      this.leaseVersion ?? (await this.api.get<Lease>(path).catch(none))?.metadata.resourceVersion;
    const written = {
      ...mine,
      metadata: {
        ...mine.metadata,
        ...(resourceVersion !== undefined && { resourceVersion }),
        ownerReferences: [{ apiVersion: "v1", kind: "Pod", name: watcher, uid }],
      },
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
    };
    this.leaseVersion = undefined;
    const { metadata } = await (resourceVersion === undefined
      ? this.api.create<Lease>(leases, written)
      : this.api.replace<Lease>(path, written));
    this.leaseVersion = metadata.resourceVersion;
    this.reportedAt = now;
    const { items } = await this.api.get<List<Lease>>(leases);
    this.reports.note(items, performance.now());
  }

  private async act(): Promise<void> {
    const now = performance.now();
    const { node, afterMs } = this.settings;
    const reports = this.reports.fresh(REPORT_MS, now);
    // All at once: an error with one must not keep the others waiting.
    await Promise.all(
      this.clusters.map(async (cluster) => {
        const known = { node, afterMs, sights: this.sights, reports, now };
        const decision = decide(cluster, this.pods, known);
        if (decision.kind === "wait") await this.tellWaiting(cluster, decision.reason);
        if (decision.kind === "delete") await this.deletePrimary(cluster, decision);
      }),
    );
  }

  private async deletePrimary(
    cluster: Cluster,
    { pod, sight, watchers }: Extract<Decision, { kind: "delete" }>,
  ): Promise<void> {
    const { watcher, namespace: home } = this.settings;
    const { name, namespace } = cluster.metadata;
    const { uid } = pod.metadata;
    const leases = `/apis/coordination.k8s.io/v1/namespaces/${home}/leases`;
    const turn = turnName(namespace, name);
    const last = await this.api.get<Lease>(`${leases}/${turn}`).catch(none);
    const whose = whoseTurn(last, { watcher, uid }, new Date());
    if (whose === "spent") {
      await this.tellWaiting(cluster, "a primary was deleted less than ten minutes ago");
    }
    if (whose !== "mine") return;
    const lease = {
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
      ...turnLease(turn, last, { watcher, uid }, new Date()),
    };
    await (last ? this.api.replace(`${leases}/${turn}`, lease) : this.api.create(leases, lease));
    await this.api.delete(
      `/api/v1/namespaces/${namespace}/pods/${pod.metadata.name}`,
      uid,
      sight === "hangs" ? HUNG_GRACE_SECONDS : undefined,
    );
    this.deletions.set(pathOf(cluster), Date.now() / 1000);
    const seen = sight === "hangs" ? "accepts connections and does not answer" : "does not answer";
    await this.tell(
      cluster,
      "PrimaryDeleted",
      `The primary ${pod.metadata.name} ${seen}, and its pod was deleted, so that a replica is promoted. ` +
        `Agreed by ${watchers.join(" and ")}.`,
    );
  }

  private async tellWaiting(cluster: Cluster, reason: string): Promise<void> {
    const path = pathOf(cluster);
    if (this.leftAlone.get(path) === reason) return;
    this.leftAlone.set(path, reason);
    await this.tell(
      cluster,
      "PrimaryNotDeleted",
      `The primary ${cluster.status?.currentPrimary ?? ""} does not answer, and is left alone: ${reason}.`,
    );
  }

  /** An Event of the cluster, for `kubectl describe` and `kubectl events`. */
  private async tell(cluster: Cluster, reason: string, message: string): Promise<void> {
    const { name, namespace, uid } = cluster.metadata;
    const at = new Date().toISOString();
    process.stdout.write(`${at} ${pathOf(cluster)} ${reason}: ${message}\n`);
    await this.api.create(`/api/v1/namespaces/${namespace}/events`, {
      apiVersion: "v1",
      kind: "Event",
      metadata: { generateName: `${name}.`, namespace },
      involvedObject: {
        apiVersion: "postgresql.cnpg.io/v1",
        kind: "Cluster",
        name,
        namespace,
        uid,
      },
      ...{ type: "Warning", reason, message, count: 1 },
      ...{ firstTimestamp: at, lastTimestamp: at },
      source: { component: "ha-postgres-primary-watch", host: this.settings.node },
    });
  }

  private measure(now: number): void {
    this.metrics.clear();
    for (const cluster of this.clusters) {
      const { name, namespace } = cluster.metadata;
      const labels = { namespace, cluster: name };
      const instances = instancesOf(cluster, this.pods);
      const primary = instances.find(
        ({ metadata }) => metadata.name === cluster.status?.currentPrimary,
      );
      const silence = primary && this.sights.silence(primary.metadata.uid, now);
      const set = (what: string, value: number, more: Record<string, string> = {}) => {
        this.metrics.set(`ha_postgres_watch_${what}`, { ...labels, ...more }, value);
      };
      set("primary_silent_seconds", (silence?.ms ?? 0) / 1000);
      const never = instances.filter(
        (pod) => isReady(pod) && !this.sights.hasAnswered(pod.metadata.uid),
      );
      set("unseen_instances", never.length);
      // Times and states, not counters: one that appears with its first event has increased by nothing.
      const deletedAt = this.deletions.get(pathOf(cluster));
      if (deletedAt !== undefined) set("last_deletion_timestamp_seconds", deletedAt);
      const reason = this.leftAlone.get(pathOf(cluster));
      if (reason !== undefined) set("primary_left_alone", 1, { reason });
    }
    this.metrics.set(
      "ha_postgres_watch_watchers",
      {},
      this.reports.fresh(3 * HEARTBEAT_MS, now).length,
    );
    this.metrics.set("ha_postgres_watch_api_silent_seconds", {}, this.api.silentForMs / 1000);
  }
}

/** What does not exist. @throws the error of anything else. */
function none(error: unknown): undefined {
  if (error instanceof ApiError && error.status === 404) return undefined;
  throw error;
}
