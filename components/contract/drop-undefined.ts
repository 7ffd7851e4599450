/**
 * Returns the arguments without keys whose value is undefined, at any depth: `config.get("x")` returns undefined, and spread
 * over a default it would silently remove the default. Outputs, promises and resources stay as they are.
 */
export function dropUndefined<Args>(args: Args): Args {
  return dropped(args) as Args;
}

function dropped(value: unknown): unknown {
  // Elements keep their places: paths count them.
  if (Array.isArray(value)) return value.map(dropped);
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .map(([key, part]) => [key, dropped(part)]),
  );
}

/** Whether a value is an object literal and no instance of a class: only the prototype of a literal has none itself. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
