import type * as pulumi from "@pulumi/pulumi";
import {
  CertificateIssuer,
  IssuerKind,
  type CertificateAuthorityArgs,
  type CertificateSigner,
  type ClusterCertificatesArgs,
  type IssuedCertificatesArgs,
} from "../components";
import { CERT_MANAGER_NAMESPACE } from "../components/operators/cert-manager-values";
import { poolerNamesOf } from "./poolers";
import {
  clusterName,
  databasesOf,
  type CertificateNames,
  type CertificatesConfig,
  type DatabaseConfig,
  type Declared,
  type StackConfig,
} from "./stack-config";

/** What the component of the stack's authority is called, and so the authority itself. */
export const AUTHORITY = "databases-ca";

/** The databases whose certificates the stack's authority issues. */
export function certifiedOf(stack: StackConfig): Declared[] {
  if (!stack.certificates) return [];
  return databasesOf(stack).filter(
    ({ config: { certificates } }) =>
      certificates !== false && Object.keys(ownSecrets(certificates)).length === 0,
  );
}

/** The Secrets that a database names itself. */
export function ownSecrets(certificates: CertificateNames = {}): ClusterCertificatesArgs {
  const { serverTlsSecret, serverCaSecret, clientCaSecret, replicationTlsSecret } = certificates;
  return {
    ...(serverTlsSecret !== undefined && { serverTlsSecret }),
    ...(serverCaSecret !== undefined && { serverCaSecret }),
    ...(clientCaSecret !== undefined && { clientCaSecret }),
    ...(replicationTlsSecret !== undefined && { replicationTlsSecret }),
  };
}

/** Certificates of a database: those that were issued for it, its own Secrets, or none and the operator's. */
export function certificatesOf(
  { certificates = {} }: Pick<DatabaseConfig, "certificates">,
  issued: ClusterCertificatesArgs | undefined,
): ClusterCertificatesArgs | undefined {
  if (issued) {
    const { serverTlsSecret, serverCaSecret, clientCaSecret, replicationTlsSecret } = issued;
    return { serverTlsSecret, serverCaSecret, clientCaSecret, replicationTlsSecret };
  }
  return certificates === false || Object.keys(certificates).length === 0
    ? undefined
    : ownSecrets(certificates);
}

/** Arguments of the stack's authority, which is an issuer of cert-manager where that issues. */
export function authorityArgs(
  { platform }: StackConfig,
  { authority = {}, issuer }: CertificatesConfig,
  namespace: pulumi.Input<string>,
): CertificateAuthorityArgs {
  const { certManager = issuer === CertificateIssuer.CertManager ? {} : undefined } = authority;
  if (!certManager) return authority;
  const home =
    certManager.kind === IssuerKind.Issuer
      ? namespace
      : (platform.certManager?.namespace ?? CERT_MANAGER_NAMESPACE);
  return {
    ...authority,
    certManager: { ...certManager, namespace: certManager.namespace ?? home },
  };
}

/** Arguments of the certificates of a database. */
export function certificatesArgs(
  stack: StackConfig,
  declared: Declared,
  ca: CertificateSigner,
  namespace: pulumi.Input<string>,
): IssuedCertificatesArgs {
  const { certificateUsers: users = [], certificates } = declared.config;
  const { externalNames, additionalServices } = certificates === false ? {} : (certificates ?? {});
  const { issuer, validityDays, renewBeforeDays, clusterDomain } = stack.certificates ?? {};
  return {
    namespace,
    clusterName: clusterName(declared),
    ca,
    poolers: poolerNamesOf(stack, declared.key),
    users,
    ...(externalNames && { externalNames }),
    ...(additionalServices && { additionalServices }),
    ...(clusterDomain !== undefined && { clusterDomain }),
    ...(validityDays !== undefined && { validityDays }),
    ...(renewBeforeDays !== undefined && { renewBeforeDays }),
    ...(issuer !== undefined && { issuer }),
  };
}
