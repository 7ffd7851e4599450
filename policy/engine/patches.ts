/** The type of resource that changes some fields of an object that is declared elsewhere. */
export function patchOf(type: string): string {
  return `${type}Patch`;
}

/** The type of resource that declares several objects at once. */
export function listOf(type: string): string {
  return `${type}List`;
}
