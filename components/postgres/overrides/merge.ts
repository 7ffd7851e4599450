import { isPlain } from "./rules/owned";

/** The spec with a part merged in: objects deeply, lists and plain values as a whole. */
export function withPart<Spec extends object>(
  spec: Spec,
  part: Record<string, unknown> | undefined,
): Spec {
  return part === undefined ? spec : (merged(spec, part) as Spec);
}

function merged(base: unknown, part: unknown): unknown {
  if (!isPlain(base) || !isPlain(part)) return part;
  const keys = new Set([...Object.keys(base), ...Object.keys(part)]);
  return Object.fromEntries(
    [...keys].map((key) => [key, key in part ? merged(base[key], part[key]) : base[key]]),
  );
}
