/** The object at a key of properties that a remediation changes in place; it is created if it does not exist. */
export function objectIn(parent: Record<string, unknown>, key: string): Record<string, unknown> {
  const found = parent[key];
  if (typeof found === "object" && found !== null) return found as Record<string, unknown>;
  parent[key] = {};
  return parent[key] as Record<string, unknown>;
}
