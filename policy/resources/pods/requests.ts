import { parseQuantity } from "../../../components/formats/quantity";
import type { Violation } from "../../../components/contract/violation";
import type { Part } from "../../engine/part";
import { at } from "../../engine/rule";

const NAMES = ["cpu", "memory"];

/** Requests and limits of CPU and memory that are not set, or set to nothing. */
export function* missingResources(resources: Part): Generator<Violation> {
  for (const kind of ["requests", "limits"]) {
    for (const name of NAMES) {
      const part = resources.at(kind, name);
      if (part.scalar !== undefined && amount(part.scalar) !== 0) continue;
      yield at(
        part,
        kind === "requests"
          ? "the pod is scheduled where there may be none left for it"
          : "the pod takes what its neighbours need, and is the first to be evicted",
        "Set it",
      );
    }
  }
}

/** Requests that are not the limits. What is missing is another rule's finding. */
export function* unequalResources(resources: Part): Generator<Violation> {
  for (const name of NAMES) {
    const request = resources.at("requests", name);
    const limit = resources.at("limits", name);
    if (request.scalar === undefined || limit.scalar === undefined) continue;
    if (amount(request.scalar) === amount(limit.scalar)) continue;
    yield at(
      request,
      `the limit is ${limit.scalar}, and what is above the request is taken back when the host needs it`,
      `Set it to ${limit.scalar}`,
    );
  }
}

/** Requests are raised to the limits, where there are limits. */
export function guarantee(resources: Record<string, unknown>): void {
  const limits = resources["limits"];
  if (typeof limits !== "object" || limits === null) return;
  resources["requests"] = { ...limits };
}

function amount(quantity: string): number | string {
  return parseQuantity(quantity) ?? quantity;
}
