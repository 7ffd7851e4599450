import type { Violation } from "../../../components/contract/violation.ts";

/** What is wrong with the name of a cluster. */
export function clusterNameViolation(cluster: string): Violation | undefined {
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(cluster)) return undefined;
  return {
    path: "--cluster",
    value: cluster,
    reason: "is not a valid name of a Cluster",
    remedy: "Use the name alone, as `kubectl get clusters.postgresql.cnpg.io` shows it",
  };
}

/** Refuses a text that is not a duration. */
export function durationViolation(path: string, value: string): Violation {
  return {
    path,
    value,
    reason: "is not a valid duration",
    remedy: "Write days, hours, minutes and seconds, such as 15m or 1h30m",
  };
}
