import { HOST, type NodeChoice, onlyValue, REGION, ZONE } from "./node-choice";
import type { Part } from "../../engine/part";
import type { Labels } from "./pods";
import { selects } from "../../engine/stack";

/**
 * The constraints on where the scheduler may put pods that are alike, as far as their own declaration sets them.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/ and
 * https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 */
export interface Placement {
  namespace: string;
  count: number;
  /** The labels of each pod, at most of 20 pods. */
  pods: readonly Labels[];
  /** Labels of other pods that may run beside them, anywhere and in any number. */
  beside: readonly Labels[];
  /** `topologySpreadConstraints`. */
  spreads: readonly Part[];
  /** Required terms of a `podAntiAffinity`. */
  apart: readonly Part[];
  /** The label of the required term by which the operator itself keeps the pods apart. */
  apartBy?: string;
  /** Required terms of a `podAffinity`. */
  together: readonly Part[];
  nodes: NodeChoice;
}

/** The reason why a constraint does not work: the field at fault, and the remedy. */
export interface Weakness {
  part: Part;
  reason: string;
  remedy: string;
}

/** Domains from the smallest to the largest: pods in two zones are on two hosts. */
const WIDER: readonly string[] = [HOST, ZONE, REGION];

/** The label itself, and those of larger domains. */
export function atLeastAsWide(label: string): readonly string[] {
  const index = WIDER.indexOf(label);
  return index < 0 ? [label, REGION] : WIDER.slice(index);
}

/** Whether no two of the pods can be in one domain of any of these labels. */
export function areAllApart(placement: Placement, labels: readonly string[]): boolean {
  return (
    (placement.apartBy !== undefined && labels.includes(placement.apartBy)) ||
    placement.apart.some(
      (term) => labels.includes(labelOf(term)) && appliesToAll(placement, term),
    ) ||
    // With fewer domains than that the emptiest counts as zero.
    placement.spreads.some(
      (spread) =>
        labels.includes(labelOf(spread)) &&
        spreadWeakness(placement, spread) === undefined &&
        skewOf(spread) === 1 &&
        (spread.at("minDomains").number ?? 1) >= placement.count,
    )
  );
}

/** The constraints that spread over one of these labels, and bind the scheduler. */
export function bindingSpreads({ spreads }: Placement, labels: readonly string[]): Part[] {
  return spreads.filter(
    (spread) =>
      labels.includes(labelOf(spread)) && spread.at("whenUnsatisfiable").text === "DoNotSchedule",
  );
}

/** The reason why a constraint does not spread the pods: it selects none or not all of them, or others as well. */
export function spreadWeakness({ pods, beside }: Placement, spread: Part): Weakness | undefined {
  const part = spread.at("labelSelector");
  if (spread.at("whenUnsatisfiable").text !== "DoNotSchedule") {
    const reason =
      "the scheduler only tries to spread, and puts all pods in one place when others are full";
    return { part: spread.at("whenUnsatisfiable"), reason, remedy: "Set it to DoNotSchedule" };
  }
  if (!part.isSet) {
    const reason = "without a selector the constraint counts no pods, and spreads none";
    return { part, reason, remedy: REMEDY };
  }
  const groups = new Set(pods.map((pod) => groupOf(spread, pod)));
  const taken = pods.filter((pod) => selects(part, pod)).length;
  if (taken < pods.length) {
    const reason = `selects ${taken} of the ${pods.length} pods as they are created, and the others may run anywhere`;
    return { part, reason, remedy: REMEDY };
  }
  if (groups.size > 1) {
    const reason = "each pod has another value of such a label, and is counted separately";
    return { part: spread.at("matchLabelKeys"), reason, remedy: "Remove it" };
  }
  if (!beside.some((pod) => selects(part, pod))) return undefined;
  const reason =
    "selects other pods too, and where those fill the other places all of these may run in one";
  return { part, reason, remedy: REMEDY };
}

/** The reason why too few pods remain when one of several domains fails; undefined if enough do. */
export function skewWeakness(
  { count }: Placement,
  spread: Part,
  domains: number,
): Weakness | undefined {
  const skew = skewOf(spread);
  const most = mostInOne(count, skew, domains);
  const best = mostInOne(count, 1, domains);
  // A larger skew is as good if the other pods remain the majority.
  if (most <= Math.max(best, Math.floor((count - 1) / 2))) return undefined;
  return {
    part: spread.at("maxSkew"),
    reason: `allows ${most} of the ${count} pods in one place, and too few remain when it fails`,
    remedy: "Set it to 1",
  };
}

/**
 * The most of `count` pods that can be in one of several domains. The fullest may exceed the emptiest by the skew, so
 * it has the most pods when all others are as empty as that.
 */
export function mostInOne(count: number, skew: number, domains: number): number {
  return Math.min(count, Math.floor((count + (domains - 1) * skew) / domains));
}

/** The reason why all pods are in one place despite other constraints: the choice of nodes, or their affinity. */
export function boundToOne(placement: Placement, label: string): Weakness | undefined {
  // Pods that may run only on one host are in one zone too.
  for (const asked of atMostAsWide(label)) {
    const only = onlyValue(placement.nodes, asked);
    if (!only) continue;
    const reason = `only nodes with ${asked}: ${only.value} are allowed, so all pods are in one place and fail with it`;
    return { part: only.part, reason, remedy: "Allow three values, or remove it" };
  }
  const term = placement.together.find(
    (one) => atMostAsWide(label).includes(labelOf(one)) && appliesToAll(placement, one),
  );
  if (!term) return undefined;
  const reason = "puts each pod where the others are, so they fail together";
  return { part: term, reason, remedy: "Remove it" };
}

function atMostAsWide(label: string): readonly string[] {
  const index = WIDER.indexOf(label);
  return index < 0 ? [HOST, label] : WIDER.slice(0, index + 1);
}

/** Whether a term of an affinity applies to each of the pods. One without a selector applies to none. */
function appliesToAll({ pods, namespace }: Placement, term: Part): boolean {
  const selector = term.at("labelSelector");
  if (!selector.isSet || !reaches(term, namespace)) return false;
  const isAsked = (pod: Labels, other: Labels) =>
    selects(selector, other) &&
    keysOf(term, "matchLabelKeys").every((key) => !(key in pod) || pod[key] === other[key]) &&
    keysOf(term, "mismatchLabelKeys").every((key) => !(key in pod) || pod[key] !== other[key]);
  return pods.every((pod, index) =>
    pods.every((other, otherIndex) => index === otherIndex || isAsked(pod, other)),
  );
}

/** A term applies to its own namespace unless it names others. An empty selector of namespaces selects all. */
function reaches(term: Part, namespace: string): boolean {
  const named = term.at("namespaces").items.map((item) => item.text);
  const selector = term.at("namespaceSelector");
  if (named.length === 0 && !selector.isSet) return true;
  if (named.includes(namespace)) return true;
  return selector.isSet && selects(selector, { "kubernetes.io/metadata.name": namespace });
}

/** A constraint counts pods separately if they differ in the keys that it names. */
function groupOf(spread: Part, pod: Labels): string {
  return JSON.stringify(keysOf(spread, "matchLabelKeys").map((key) => pod[key] ?? null));
}

function keysOf(part: Part, field: string): string[] {
  return part.at(field).items.map((item) => item.text ?? "");
}

function labelOf(constraint: Part): string {
  return constraint.at("topologyKey").text ?? "";
}

function skewOf(spread: Part): number {
  return spread.at("maxSkew").number ?? 1;
}

const REMEDY = "Select all of these pods and no others, by the labels that the operator gives them";
