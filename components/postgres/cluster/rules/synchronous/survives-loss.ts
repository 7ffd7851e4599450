import { rule } from "../../../../contract/rule";
import type { SynchronousReplication } from "./subject";

export const synchronousSurvivesLoss = rule({
  name: "synchronous-survives-loss",
  why: "With required durability writes stop as soon as fewer replicas are available than commits wait for.",
  *check({
    instances,
    synchronous: { method, number, dataDurability } = {},
  }: SynchronousReplication) {
    if (instances < 2 || method === "off") return;
    if (dataDurability !== "required" || number !== instances - 1) return;
    if (instances === 2) {
      yield {
        path: "synchronous.dataDurability",
        value: dataDurability,
        reason:
          "with 2 instances all writes stop whenever the only replica is down, even for its update",
        remedy:
          'Use 3 instances, or dataDurability: "preferred" and accept that writes then continue without a copy',
      };
      return;
    }
    yield {
      path: "synchronous.number",
      value: number,
      reason: `commits wait for all ${number} replicas, so all writes stop whenever one of them is down, even for its update`,
      remedy: `Use ${number - 1} or less, more instances, or dataDurability: "preferred"`,
    };
  },
});
