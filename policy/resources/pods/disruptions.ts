import type { Part } from "../../engine/part";

/** The number of pods that a PodDisruptionBudget allows to evict at once, and the field that sets it. */
export function disruptionsOf(spec: Part, pods: number): { part: Part; allowed: number } {
  const most = spec.at("maxUnavailable");
  if (most.isSet) return { part: most, allowed: Math.min(pods, amountOf(most, pods)) };
  const least = spec.at("minAvailable");
  // Without either, at least one pod must stay.
  const kept = least.isSet ? amountOf(least, pods) : 1;
  return { part: least, allowed: Math.max(0, pods - kept) };
}

/** A number, or a percentage of all, which Kubernetes rounds up. */
function amountOf(part: Part, pods: number): number {
  const [, percent] = /^(\d+)%$/.exec(part.scalar ?? "") ?? [];
  return percent === undefined ? Number(part.scalar) : Math.ceil((Number(percent) / 100) * pods);
}
