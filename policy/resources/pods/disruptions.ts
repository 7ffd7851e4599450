import type { Part } from "../../engine/part";

/** How many of so many pods a PodDisruptionBudget lets go at once, and the field that says so. */
export function disruptionsOf(spec: Part, pods: number): { part: Part; allowed: number } {
  const most = spec.at("maxUnavailable");
  if (most.isSet) return { part: most, allowed: Math.min(pods, amountOf(most, pods)) };
  const least = spec.at("minAvailable");
  // Without either, at least one has to stay.
  const kept = least.isSet ? amountOf(least, pods) : 1;
  return { part: least, allowed: Math.max(0, pods - kept) };
}

/** A number, or a share of all, which Kubernetes rounds up. */
function amountOf(part: Part, pods: number): number {
  const [, percent] = /^(\d+)%$/.exec(part.scalar ?? "") ?? [];
  return percent === undefined ? Number(part.scalar) : Math.ceil((Number(percent) / 100) * pods);
}
