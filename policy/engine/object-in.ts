/** An object among properties that are mended in place; it is made where there is none. */
export function objectIn(parent: Record<string, unknown>, key: string): Record<string, unknown> {
  const found = parent[key];
  if (typeof found === "object" && found !== null) return found as Record<string, unknown>;
  parent[key] = {};
  return parent[key] as Record<string, unknown>;
}
