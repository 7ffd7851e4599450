/** Values of which nobody but a primary can make what is in the cluster. */
export interface KeptValues {
  /** Whether what is in the cluster stays as it is, since nothing there can be changed now. */
  isDemoted?: boolean;
}

/**
 * Returns the option by which a change waits for the promotion, instead of the deployment for a primary. It does not leave the
 * object out: that would delete it, and with a role's object its role.
 */
export function kept({ isDemoted = false }: KeptValues): { ignoreChanges?: string[] } {
  return isDemoted ? { ignoreChanges: ["metadata", "spec"] } : {};
}
