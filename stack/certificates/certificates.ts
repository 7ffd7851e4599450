import type * as pulumi from "@pulumi/pulumi";
import {
  CertificateIssuer,
  IssuerKind,
  type CertificateAuthorityArgs,
  type CertificateSigner,
  type ClusterCertificatesArgs,
  type IssuedCertificatesArgs,
} from "../../components";
import { propertyPath } from "../../components/contract/schema";
import { type Violation, under } from "../../components/contract/violation";
import { CERT_MANAGER_NAMESPACE } from "../../components/operators/cert-manager/values";
import { externalNamesOf } from "../../components/postgres/exposure/spec";
import {
  certificateAuthority,
  remainingDays,
} from "../../components/security/certificate-authority/values";
import { clusterCertificates } from "../../components/security/cluster-certificates/values";
import { aliasServices } from "../aliases/aliases";
import { hasOperators, ownSecrets } from "./certificate-secrets";
import { clusterName, databasesOf, namespaceOf, type Declared } from "../declared";
import { furtherNames } from "../network/exposed";
import { poolerNamesOf } from "../poolers/poolers";
import type { CertificatesConfig } from "./schema";
import type { DatabaseConfig } from "../databases/schema";
import type { StackConfig } from "../schema";
import { UNKNOWN } from "../unknown";

/** The name of the component of the stack's authority, and of the authority itself. */
export const AUTHORITY = "databases-ca";

/** Returns the databases whose certificates the stack's authority issues. */
export function certifiedOf(stack: StackConfig): Declared[] {
  if (!stack.certificates) return [];
  return databasesOf(stack).filter(
    ({ config }) => config.certificates !== false && hasOperators(config),
  );
}

/**
 * Returns the certificates of a database: those issued for it, its own Secrets, or none for the operator's. The names are for
 * the server's certificate if that is the operator's.
 */
export function certificatesOf(
  { certificates = {} }: Pick<DatabaseConfig, "certificates">,
  issued: ClusterCertificatesArgs | undefined,
  externalNames: string[] = [],
): ClusterCertificatesArgs | undefined {
  if (issued) {
    const { serverTlsSecret, serverCaSecret, clientCaSecret, replicationTlsSecret } = issued;
    return { serverTlsSecret, serverCaSecret, clientCaSecret, replicationTlsSecret };
  }
  const own = certificates === false ? {} : ownSecrets(certificates);
  const all = {
    ...own,
    ...(own.serverTlsSecret === undefined && externalNames.length > 0 && { externalNames }),
  };
  return Object.keys(all).length === 0 ? undefined : all;
}

/** Returns the arguments of the stack's authority, which is an issuer of cert-manager if that issues. */
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

/** Returns the arguments of the certificates of a database. */
export function certificatesArgs(
  stack: StackConfig,
  declared: Declared,
  ca: CertificateSigner,
  namespace: pulumi.Input<string>,
): IssuedCertificatesArgs {
  const { certificateUsers: users = [], certificates } = declared.config;
  const own = certificates === false ? {} : (certificates ?? {});
  const additionalServices = [
    ...new Set([...(own.additionalServices ?? []), ...aliasServices(stack, declared)]),
  ];
  // Those of the database's own Services are here, too: the stack issues the certificate, and not the operator.
  const externalNames = [
    ...new Set([
      ...furtherNames(stack, declared.key, declared.config),
      ...externalNamesOf(declared.config.exposed ?? []),
    ]),
  ];
  const { issuer, validityDays, renewBeforeDays, clusterDomain } = stack.certificates ?? {};
  return {
    namespace,
    clusterName: clusterName(declared),
    ca,
    poolers: poolerNamesOf(stack, declared.key),
    users,
    ...(externalNames.length > 0 && { externalNames }),
    ...(additionalServices.length > 0 && { additionalServices }),
    ...(clusterDomain !== undefined && { clusterDomain }),
    ...(validityDays !== undefined && { validityDays }),
    ...(renewBeforeDays !== undefined && { renewBeforeDays }),
    ...(issuer !== undefined && { issuer }),
  };
}

/** Validates the stack's authority, and the certificates that it would issue. */
export function certificatesViolations(stack: StackConfig): Violation[] {
  const { certificates, namespace } = stack;
  const names = databasesOf(stack).flatMap((declared) => namesViolations(stack, declared));
  if (!certificates) return names;
  const args = authorityArgs(stack, certificates, namespace);
  const days = remainingDays(args);
  const signer: CertificateSigner = {
    certificate: UNKNOWN,
    privateKey: UNKNOWN,
    ...(days !== undefined && { remainingDays: days }),
    ...(args.certManager && { issuerName: UNKNOWN }),
  };
  const issued = certifiedOf(stack).flatMap((declared) =>
    issuedViolations(stack, declared, signer),
  );
  // A mistake about all certificates of the stack is reported once.
  const paths = issued.map(({ path }) => path);
  return [
    ...noCertManager(stack),
    ...issuerElsewhere(stack, certificates),
    ...under("certificates.authority", certificateAuthority.validate(AUTHORITY, args).violations),
    ...names,
    ...issued.filter(({ path }, index) => paths.indexOf(path) === index),
  ];
}

function noCertManager(stack: StackConfig): Violation[] {
  const { certificates: { issuer, authority } = {}, platform } = stack;
  if (platform.certManager) return [];
  const what = {
    reason: "needs cert-manager, which the platform does not have",
    remedy: "Add certManager: {} to platform, with install: false if it is already installed",
  };
  if (issuer === "cert-manager") return [{ path: "certificates.issuer", value: issuer, ...what }];
  return authority?.certManager
    ? [{ path: "certificates.authority.certManager", value: authority.certManager, ...what }]
    : [];
}

/** An Issuer issues for its own namespace alone. */
function issuerElsewhere(stack: StackConfig, { authority }: CertificatesConfig): Violation[] {
  const kind = authority?.certManager?.kind;
  if (kind !== IssuerKind.Issuer) return [];
  const other = certifiedOf(stack).find(
    (declared) => namespaceOf(stack, declared) !== stack.namespace,
  );
  if (!other) return [];
  return [
    {
      path: "certificates.authority.certManager.kind",
      value: kind,
      reason: `issues in ${stack.namespace} alone, and ${propertyPath([other.kind, other.key])} is in ${namespaceOf(stack, other)}`,
      remedy: `Use ${IssuerKind.ClusterIssuer}, or certificates of its own for that database`,
    },
  ];
}

/** Services of others need a certificate that the stack issues, and all names one that is not a Secret of the user's. */
function namesViolations(
  { certificates }: StackConfig,
  { kind, key, config }: Declared,
): Violation[] {
  const declared = config.certificates;
  if (declared === undefined || declared === false) return [];
  const own = ownSecrets(declared);
  const [secret] = Object.keys(own);
  const refused =
    secret === undefined
      ? !certificates && {
          reason:
            "the stack has no authority, and CloudNativePG's certificates do not contain such names",
          remedy: "Declare certificates of the stack, or name a Secret in serverTlsSecret",
        }
      : {
          reason: `with ${secret} the stack issues no certificate for this database`,
          remedy: "Add the names to that certificate, or remove the names of Secrets",
        };
  if (!refused) return [];
  return (
    (["externalNames", "additionalServices"] as const)
      .filter((name) => declared[name] !== undefined)
      // The operator's own may have further names.
      .filter((name) => name !== "externalNames" || own.serverTlsSecret !== undefined)
      .map((name) => ({
        path: `${propertyPath([kind, key])}.certificates.${name}`,
        value: declared[name],
        ...refused,
      }))
  );
}

/** The paths in the stack of the arguments of the certificates' component. */
const DECLARED_AT: Readonly<Record<string, (where: string) => string>> = {
  users: (where) => `${where}.certificateUsers`,
  externalNames: (where) => `${where}.certificates.externalNames`,
  additionalServices: (where) => `${where}.certificates.additionalServices`,
  issuer: () => "certificates.issuer",
  validityDays: () => "certificates.validityDays",
  renewBeforeDays: () => "certificates.renewBeforeDays",
  clusterDomain: () => "certificates.clusterDomain",
};

/** Validates the issued certificates; names of clusters and poolers are validated with these. */
function issuedViolations(
  stack: StackConfig,
  declared: Declared,
  signer: CertificateSigner,
): Violation[] {
  const args = certificatesArgs(stack, declared, signer, namespaceOf(stack, declared));
  const where = propertyPath([declared.kind, declared.key]);
  return clusterCertificates.validate(declared.key, args).violations.flatMap((violation) => {
    const [argument = ""] = violation.path.split(/[.[]/);
    const at = DECLARED_AT[argument]?.(where);
    return at === undefined
      ? []
      : [{ ...violation, path: `${at}${violation.path.slice(argument.length)}` }];
  });
}
