import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const legacySyncReplicas = resourceRule({
  name: "legacy-sync-replicas",
  group: "ha",
  description: "Synchronous replication is declared in spec.postgresql.synchronous.",
  why: "minSyncReplicas and maxSyncReplicas are deprecated, and are lowered silently when replicas are missing.",
  remediation:
    "Remove spec.minSyncReplicas and spec.maxSyncReplicas, and set spec.postgresql.synchronous.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/replication#synchronous-replication-deprecated",
  types: [CLUSTER],
  *check(cluster) {
    for (const field of ["minSyncReplicas", "maxSyncReplicas"]) {
      const part = specOf(cluster).at(field);
      if ((part.number ?? 0) === 0) continue;
      yield at(
        part,
        "is deprecated, and is lowered silently when replicas are missing",
        "Remove it and set spec.postgresql.synchronous",
      );
    }
  },
});
