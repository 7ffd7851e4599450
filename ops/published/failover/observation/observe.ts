import { askPod } from "../../ask.ts";
import { type Cluster, instancesOf, type Pod } from "../../objects.ts";
import type { Tools } from "../../tools.ts";
import { pause } from "../../wait.ts";
import { READING } from "../instances.ts";
import type { EndpointSlice, Lease, Timeline } from "./timeline.ts";
import { watch, watchPath } from "./watch.ts";

/** Follows the objects of a cluster until the signal is aborted. */
export async function observe(
  { kubectl, pollMs }: Pick<Tools, "kubectl" | "pollMs">,
  { name, namespace }: { name: string; namespace: string },
  timeline: Timeline,
  signal: AbortSignal,
): Promise<void> {
  const by = { fieldSelector: `metadata.name=${name}` };
  const path = (group: string, resource: string, selector: Record<string, string>) =>
    watchPath(group, resource, namespace, selector);
  await Promise.all([
    watch(kubectl, path("apis/postgresql.cnpg.io/v1", "clusters", by), signal, (_, cluster) => {
      timeline.onCluster(cluster as Cluster, Date.now());
    }),
    watch(
      kubectl,
      path("api/v1", "pods", { labelSelector: instancesOf(name) }),
      signal,
      (change, pod) => {
        timeline.onPod(change, pod as Pod, Date.now());
      },
    ),
    // The lease of a cluster has its name.
    watch(kubectl, path("apis/coordination.k8s.io/v1", "leases", by), signal, (_, lease) => {
      timeline.onLease(lease as Lease, Date.now());
    }),
    watch(
      kubectl,
      path("apis/discovery.k8s.io/v1", "endpointslices", {
        labelSelector: `kubernetes.io/service-name=${name}-rw`,
      }),
      signal,
      (change, slice) => {
        timeline.onEndpoints(change, slice as EndpointSlice, Date.now());
      },
    ),
    noteFirstReplica({ kubectl, pollMs }, namespace, timeline, signal),
  ]);
}

/** Returns as soon as a replica streams. The snapshot of the statistics would otherwise stay that of the first look. */
const UNTIL_STREAMING = `DO $$ BEGIN
  FOR look IN 1..600 LOOP
    PERFORM pg_stat_clear_snapshot();
    EXIT WHEN EXISTS (SELECT FROM pg_stat_replication WHERE state = 'streaming');
    PERFORM pg_sleep(0.1);
  END LOOP;
END $$`;

/** Asks the new primary when its first replica streams, from which on a synchronous commit can return. */
async function noteFirstReplica(
  { kubectl, pollMs }: Pick<Tools, "kubectl" | "pollMs">,
  namespace: string,
  timeline: Timeline,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted && !timeline.seen.has("replica")) {
    await pause(pollMs, signal);
    const promoted = timeline.seen.get("promoted")?.detail;
    if (promoted === undefined) continue;
    const settings = { ...READING, statement_timeout: "90s" };
    const ask = askPod(kubectl, { namespace, pod: promoted }, settings, signal);
    if ("rows" in (await ask("postgres", UNTIL_STREAMING))) timeline.note("replica", Date.now());
  }
}
