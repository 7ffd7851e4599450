import type { Action } from "../../command/rights.ts";
import { CLUSTERS } from "../../objects.ts";

/** What a drill does to a primary, in the order of their severity. */
export const FAULTS = [
  "switchover",
  "crash",
  "container",
  "kill",
  "freeze",
  "drain",
  "node",
  "volume",
  "operator",
] as const;

export type Fault = (typeof FAULTS)[number];

/** What a fault is, for the report, and what the user must be allowed to do for it. */
interface Kind {
  does: string;
  /** In the namespace of the cluster, unless it is of the whole Kubernetes cluster. */
  needs: readonly (Action & { isOfAll?: boolean })[];
}

const DELETE_PODS = { verb: "delete", resource: "pods" };

export const KINDS: Record<Fault, Kind> = {
  switchover: {
    does: "another instance is promoted",
    needs: [{ verb: "patch", resource: CLUSTERS, subresource: "status" }],
  },
  crash: { does: "PostgreSQL's postmaster is killed", needs: [] },
  container: {
    does: "the instance manager is killed, and all in its container with it",
    needs: [],
  },
  kill: { does: "the pod is deleted by force", needs: [DELETE_PODS] },
  freeze: { does: "all processes of PostgreSQL are stopped, and stay", needs: [] },
  drain: {
    does: "its node is cordoned, and the cluster's pods there are evicted",
    needs: [
      { verb: "patch", resource: "nodes", isOfAll: true },
      { verb: "create", resource: "pods", subresource: "eviction" },
    ],
  },
  node: { does: "its node is cut off", needs: [] },
  volume: {
    does: "its volumes are deleted, and its pod",
    needs: [{ verb: "delete", resource: "persistentvolumeclaims" }, DELETE_PODS],
  },
  operator: {
    does: "its pod and the operator's leader are deleted by force",
    needs: [{ ...DELETE_PODS, isOfAll: true }],
  },
};

export function isFault(text: string): text is Fault {
  return FAULTS.some((fault) => fault === text);
}
