import { createHash } from "node:crypto";

/** Names of the objects of a role: a cluster's name, and that of the role as far as Kubernetes accepts it. */

/** The DatabaseRole, and the Secret for applications with the generated password. */
export function roleObjectName(clusterName: string, role: string): string {
  return `${clusterName}-${rolePart(role)}`;
}

/** The Secret that the operator sets the generated password from. */
export function roleVerifierName(clusterName: string, role: string): string {
  return `${roleObjectName(clusterName, role)}-verifier`;
}

/** The Secret with the certificate that the operator issues for a role. */
export function roleCertificateName(clusterName: string, role: string): string {
  return `${roleObjectName(clusterName, role)}-client-cert`;
}

/**
 * A role's name as a part of a Kubernetes object's, with dashes for `_`. The data of another cluster may have roles with
 * characters beyond that: of their names a hash tells them apart.
 */
export function rolePart(role: string): string {
  const part = role.replaceAll("_", "-");
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(part)) return part;
  const hash = createHash("sha256").update(role).digest("hex").slice(0, 8);
  const readable = part.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return `${readable}-${hash}`.replace(/^-+/, "").replaceAll(/-{2,}/g, "-");
}
