import { rule } from "../../../../contract/rule";
import type { SynchronousReplication } from "./subject";

export const failoverQuorum = rule({
  name: "failover-quorum",
  why: "The quorum proves that a candidate has every commit, which is impossible when commits may go unreplicated.",
  *check({ synchronous }: SynchronousReplication) {
    if (synchronous?.failoverQuorum !== true) return;
    const found = { path: "synchronous.failoverQuorum", value: true };
    if (synchronous.method === "off") {
      yield {
        ...found,
        reason: "needs synchronous replication: without it there is no quorum to check",
        remedy: "Remove it, or set synchronous.method",
      };
    } else if (synchronous.dataDurability === "preferred") {
      yield {
        ...found,
        reason:
          "with preferred durability commits need no replica while replicas are down, so the quorum would approve an instance that misses them (cloudnative-pg#8790)",
        remedy: 'Use dataDurability: "required" with 3 instances, or failoverQuorum: false',
      };
    }
  },
});
