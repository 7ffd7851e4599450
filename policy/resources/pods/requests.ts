import { parseQuantity } from "../../../components/formats/quantity";
import type { Violation } from "../../../components/contract/violation";
import type { Part } from "../../engine/part";
import { at } from "../../engine/rule";

const NAMES = ["cpu", "memory"];

/** Violations for requests and limits of CPU and memory that are not set, or zero. */
export function* missingResources(resources: Part): Generator<Violation> {
  for (const kind of ["requests", "limits"]) {
    for (const name of NAMES) {
      const part = resources.at(kind, name);
      if (part.scalar !== undefined && amount(part.scalar) !== 0) continue;
      yield at(
        part,
        kind === "requests"
          ? "the pod may be scheduled on a host with none left"
          : "the pod may take what other pods need, and is evicted first",
        "Set it",
      );
    }
  }
}

/** Violations for requests that differ from the limits. Another check reports missing values. */
export function* unequalResources(resources: Part): Generator<Violation> {
  for (const name of NAMES) {
    const request = resources.at("requests", name);
    const limit = resources.at("limits", name);
    if (request.scalar === undefined || limit.scalar === undefined) continue;
    if (amount(request.scalar) === amount(limit.scalar)) continue;
    yield at(
      request,
      `must equal the limit, ${limit.scalar}: a host short of it takes back what exceeds the request`,
      `Set it to ${limit.scalar}`,
    );
  }
}

/** Sets the requests to the limits, if there are limits. */
export function guarantee(resources: Record<string, unknown>): void {
  const limits = resources["limits"];
  if (typeof limits !== "object" || limits === null) return;
  resources["requests"] = { ...limits };
}

function amount(quantity: string): number | string {
  return parseQuantity(quantity) ?? quantity;
}
