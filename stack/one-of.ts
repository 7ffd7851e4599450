/** Returns the remedy for a key that is not among the declared ones, of which there is at least one. */
export function oneOf(names: readonly string[]): string {
  return `Use ${names.length > 1 ? "one of " : ""}${names.join(", ")}`;
}
