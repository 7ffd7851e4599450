import type { ClusterCertificatesArgs } from "../../args/certificates";
import { RolePassword, type ClusterRoleArgs } from "../../args/role";

/** What of a cluster decides who gets a certificate. */
export interface CertifiedCluster {
  certificates: ClusterCertificatesArgs;
  certificateUsers: readonly string[];
}

/** Whether this package generates the role's password. */
export function isGenerated({ password }: Pick<ClusterRoleArgs, "password">): boolean {
  return password === RolePassword.Generated;
}

/** Whether the operator issues a certificate for the role: with an authority of your own it has no key to sign with. */
export function getsCertificate(
  { certificates, certificateUsers }: CertifiedCluster,
  { name, login }: Pick<ClusterRoleArgs, "name" | "login">,
): boolean {
  return (
    login === true && certificateUsers.includes(name) && certificates.clientCaSecret === undefined
  );
}
