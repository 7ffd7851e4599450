import { propertyPath } from "../../../../contract/schema";
import { rule } from "../../../../contract/rule";

export const timeZoneOnce = rule({
  name: "time-zone-once",
  why: "Two time zones would contradict each other, and one of them would silently lose.",
  *check({ timeZone, parameters }: { timeZone?: string; parameters: Record<string, string> }) {
    if (timeZone === undefined) return;
    for (const [name, value] of Object.entries(parameters)) {
      if (name.toLowerCase() !== "timezone" || value === timeZone) continue;
      yield {
        path: propertyPath(["parameters", name]),
        value,
        reason: `contradicts timeZone, ${timeZone}, which sets it`,
        remedy: "Remove one of the two",
      };
    }
  },
});
