/** The Secrets of a database's owner. Commands read these names, too. */

/** The Secret with the owner's generated credentials, for applications. The operator's own would have the same name. */
export function ownerSecretName(clusterName: string): string {
  return `${clusterName}-app`;
}

/** The Secret that the operator sets the owner's generated password from. */
export function ownerVerifierName(clusterName: string): string {
  return `${clusterName}-owner-verifier`;
}

/** The Secret with the login that applications use through a pooler, named as a cluster's own. */
export function poolerSecretName(poolerName: string): string {
  return `${poolerName}-app`;
}
