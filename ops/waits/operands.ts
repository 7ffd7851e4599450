import type { Observed } from "./observed.ts";

/** What the operator and the instances do for a stack: kinds with a status that says why they do not. */
export const OPERANDS = [
  "clusters.postgresql.cnpg.io",
  "databases.postgresql.cnpg.io",
  "databaseroles.postgresql.cnpg.io",
].join(",");

/**
 * Phases in which a cluster does not get on by itself.
 *
 * @see https://github.com/cloudnative-pg/cloudnative-pg/blob/v1.30.1/api/v1/cluster_types.go
 */
const STUCK: readonly (string | undefined)[] = [
  "Unable to create required cluster objects",
  "Invalid cluster definition",
  "Cluster has incomplete or invalid image catalog",
  "Cluster is unrecoverable and needs manual intervention",
  "Cluster cannot proceed to reconciliation due to an unknown plugin being required",
  "Cluster cannot proceed to reconciliation due to an error while interacting with plugins",
];

/** Why a cluster is not created, or a database or a role not applied, in the operator's words. */
export function operandFault({ kind, status = {} }: Observed): string | undefined {
  const { phase, phaseReason, applied, message } = status;
  if (kind === "Cluster") {
    if (!STUCK.includes(phase)) return undefined;
    return [phase, phaseReason].filter((text) => text !== undefined && text !== "").join(": ");
  }
  if (kind !== "Database" && kind !== "DatabaseRole") return undefined;
  if (applied !== false || message === undefined) return undefined;
  // An instance may read a Secret only once the operator has seen the role, and tries again after half a minute.
  return message.includes(" is forbidden: ") ? undefined : message;
}

/** Whether it is a fault that an instance looks at again only after half a minute. */
export function lasts({ kind }: Observed): boolean {
  return kind === "Database" || kind === "DatabaseRole";
}
