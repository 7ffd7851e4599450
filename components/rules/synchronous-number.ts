import { rule } from "./rule";
import { synchronousSubject } from "./synchronous-subject";

export const synchronousNumber = rule({
  name: "synchronous-number",
  why: "A commit waits for standbys that have to exist: as many as the instances less the primary.",
  subject: synchronousSubject,
  judge: ({ instances, synchronous }) => {
    if (instances === undefined || synchronous?.method === undefined) return [];
    const { method, number } = synchronous;
    if (method === "off") return [];
    if (instances === 1) {
      return [
        {
          path: "synchronous.method",
          value: method,
          reason: "a single instance has no replica, so every commit would wait for ever",
          remedy: "Remove synchronous, which is off for one instance, or use 3 instances",
        },
      ];
    }
    if (number === undefined || number < instances) return [];
    return [
      {
        path: "synchronous.number",
        value: number,
        reason: `${instances} instances have ${instances - 1} replicas, so commits would wait for a replica that does not exist`,
        remedy: `Use 1, or at the most ${instances - 1}`,
      },
    ];
  },
});
