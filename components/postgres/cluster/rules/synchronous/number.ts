import { rule } from "../../../../contract/rule";
import type { SynchronousReplication } from "./subject";

export const synchronousNumber = rule({
  name: "synchronous-number",
  why: "A commit waits for standbys that must exist: as many as the instances less the primary.",
  *check({ instances, synchronous: { method, number } = {} }: SynchronousReplication) {
    if (method === undefined || method === "off") return;
    if (instances === 1) {
      yield {
        path: "synchronous.method",
        value: method,
        reason: "a single instance has no replica, so every commit would wait indefinitely",
        remedy: "Remove synchronous, which is off for one instance, or use 3 instances",
      };
    } else if (number !== undefined && number >= instances) {
      yield {
        path: "synchronous.number",
        value: number,
        reason: `${instances} instances have ${instances - 1} replicas, so commits would wait for a replica that does not exist`,
        remedy: `Use 1, or at most ${instances - 1}`,
      };
    }
  },
});
