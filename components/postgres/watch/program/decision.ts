import { type Cluster, type Pod, instancesOf, pathOf } from "./objects.ts";
import { obstacle, primaryOf } from "./obstacle.ts";
import type { Report, Silence } from "./reports.ts";
import type { Sights } from "./sights.ts";

/** The watchers on other nodes than the primary's that have to agree. */
const QUORUM = 2;

/** How recent an answer of another instance must be to show that it is not this watcher that is cut off. */
const RECENT_MS = 3000;

/** How much later than the first watcher the others may come to the same result. */
const AGREEMENT_MS = 5000;

/** What this watcher knows at one moment. */
export interface Known {
  /** Node of this watcher. */
  node: string;
  afterMs: number;
  sights: Sights;
  /** What the watchers say, this one among them. */
  reports: readonly Report[];
  now: number;
}

export type Decision =
  /** It answers, or has not been silent for long enough. */
  | { kind: "calm" }
  /** It is silent, and that must not lead to anything. */
  | { kind: "wait"; reason: string }
  | { kind: "delete"; pod: Pod; sight: "hangs" | "gone"; watchers: string[] };

/**
 * The silence of a primary, as far as this watcher can testify to it: from another host, since what shares the primary's
 * shares its fate; of a primary that it has known to answer; and while another instance answers, since otherwise it is
 * the watcher that is cut off.
 */
export function silenceOf(
  cluster: Cluster,
  pods: readonly Pod[],
  { node, sights, now }: Pick<Known, "node" | "sights" | "now">,
): Silence | undefined {
  const primary = primaryOf(cluster, pods);
  if (!primary || primary.spec.nodeName === node) return undefined;
  const { uid } = primary.metadata;
  const silence = sights.hasAnswered(uid) ? sights.silence(uid, now) : undefined;
  if (!silence) return undefined;
  const seesOthers = instancesOf(cluster, pods).some(
    ({ metadata }) => metadata.uid !== uid && sights.answeredWithin(metadata.uid, RECENT_MS, now),
  );
  return seesOthers ? { uid, ...silence } : undefined;
}

/** Decides what is to be done about a cluster, from what is known now. */
export function decide(cluster: Cluster, pods: readonly Pod[], known: Known): Decision {
  const { afterMs, reports } = known;
  const primary = primaryOf(cluster, pods);
  const silence = silenceOf(cluster, pods, known);
  if (!primary || !silence || silence.ms < afterMs) return { kind: "calm" };

  const reason = obstacle(cluster, pods);
  if (reason !== undefined) return { kind: "wait", reason };
  const agreeing = reports
    .filter(({ node }) => node !== primary.spec.nodeName)
    .filter(({ silences }) => {
      const said = silences[pathOf(cluster)];
      return said?.uid === silence.uid && said.ms >= afterMs;
    });
  if (new Set(agreeing.map(({ node }) => node)).size < QUORUM) {
    // One of them is always the first.
    if (silence.ms < afterMs + AGREEMENT_MS) return { kind: "calm" };
    return { kind: "wait", reason: "watchers on fewer than two other nodes agree" };
  }
  const watchers = agreeing.map(({ watcher }) => watcher).sort();
  return { kind: "delete", pod: primary, sight: silence.sight, watchers };
}
