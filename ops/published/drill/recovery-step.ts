import type { Cluster, Pod } from "../objects.ts";
import type { RecoveryLog } from "./recovery-log.ts";

/** Describes the current step of a recovery to a waiting user. The part after a colon is detail. */
export function recoveryStep(
  cluster: Cluster | undefined,
  jobs: readonly Pod[],
  pods: readonly Pod[],
  { lastWal }: RecoveryLog,
): string {
  const phases = jobs.map(({ status }) => status?.phase);
  if (phases.includes("Succeeded")) return "starting the copy";
  if (phases.includes("Running")) {
    return lastWal === undefined ? "restoring the base backup" : `replaying WAL: ${lastWal}`;
  }
  if (phases.includes("Failed")) return "the operator tries again";
  const obstacle = pods.map(obstacleOf).find((found) => found !== undefined);
  if (jobs.length > 0) return `waiting for a pod${obstacle === undefined ? "" : `: ${obstacle}`}`;
  const { phase, phaseReason } = cluster?.status ?? {};
  if (phase === undefined || phase === "") return "waiting for the operator";
  return `waiting for the operator: ${[phase, phaseReason].filter((text) => text !== undefined && text !== "").join(", ")}`;
}

/** Why a pod does not run: no node takes it, or it waits for something. */
function obstacleOf({ status }: Pod): string | undefined {
  const unscheduled = status?.conditions?.find(
    (condition) => condition.type === "PodScheduled" && condition.status === "False",
  );
  const waiting = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
    .map(({ state }) => state?.waiting)
    .find((found) => found?.reason !== undefined && found.reason !== "PodInitializing");
  return unscheduled?.message ?? waiting?.message ?? waiting?.reason;
}
