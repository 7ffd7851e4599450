/** The two Secrets of a database's owner. Commands read these names, too. */

/** The Secret with the owner's generated credentials, for applications. The operator's own would have the same name. */
export function ownerSecretName(clusterName: string): string {
  return `${clusterName}-app`;
}

/** The Secret that the operator sets the owner's generated password from. */
export function ownerVerifierName(clusterName: string): string {
  return `${clusterName}-owner-verifier`;
}
