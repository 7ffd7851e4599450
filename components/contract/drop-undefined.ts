/**
 * The arguments less every key whose value is undefined, at any depth: `config.get("x")` returns such values, and one that is
 * spread over a default would switch that off in silence. Outputs, promises and resources stay as they are.
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

/** An object that was written as one, and not made by a class: only the prototype of those has none itself. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
