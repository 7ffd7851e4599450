import { propertyPath, type Refusal } from "../../../contract/schema";
import type { Violation } from "../../../contract/violation";

/** The paths of a spec that arguments set, and the argument; the empty text stands for none. */
export type Owned = Readonly<Record<string, string>>;

/** Finds paths of a part that an argument sets, above them and below. */
export function partViolations(
  part: Record<string, unknown> | undefined,
  owned: Owned,
): Violation[] {
  return part === undefined ? [] : below(part, [], owned);
}

function below(value: unknown, path: readonly string[], owned: Owned): Violation[] {
  const at = path.join(".");
  const owner = owned[at];
  const found = { path: propertyPath(["spec", ...path]), value: shown(value) };
  if (owner !== undefined) return [{ ...found, ...refusal(owner) }];
  if (isPlain(value)) {
    return Object.entries(value).flatMap(([name, under]) => below(under, [...path, name], owned));
  }
  // A list or a plain value in the place of an object in which arguments set something.
  const inside = Object.keys(owned).find((other) => other.startsWith(`${at}.`));
  return inside === undefined ? [] : [{ ...found, ...refusal(owned[inside] ?? "") }];
}

/** Whether a value is an object that is merged: lists and Outputs are values as a whole. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}

/** Objects may contain anything, secrets too. */
function shown(value: unknown): unknown {
  return typeof value === "object" && value !== null ? "[not shown]" : value;
}

function refusal(argument: string): Refusal {
  return argument === ""
    ? { reason: "is set by this component, which relies on it", remedy: "Remove it" }
    : {
        reason: `is what ${argument} sets, and the two would contradict each other`,
        remedy: `Remove it, and set ${argument} instead`,
      };
}
