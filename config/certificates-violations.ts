import type { CertificateSigner } from "../components";
import {
  certificateAuthorityViolations,
  remainingDays,
} from "../components/security/certificate-authority-values";
import { clusterCertificatesViolations } from "../components/security/cluster-certificates-violations";
import { propertyPath } from "../components/rules/shape";
import { type Violation, under } from "../components/rules/violation";
import {
  AUTHORITY,
  authorityArgs,
  certificatesArgs,
  certifiedOf,
  ownSecrets,
} from "./certificates";
import { OPEN } from "./judged";
import { databasesOf, type Declared, type StackConfig } from "./stack-config";

/** What is wrong with the stack's authority, and with what it would issue. */
export function certificatesViolations(stack: StackConfig): Violation[] {
  const { certificates, namespace } = stack;
  const names = databasesOf(stack).flatMap((declared) => namesViolations(stack, declared));
  if (!certificates) return names;
  const args = authorityArgs(stack, certificates, namespace);
  const days = remainingDays(args);
  const signer: CertificateSigner = {
    certificate: OPEN,
    privateKey: OPEN,
    ...(days !== undefined && { remainingDays: days }),
    ...(args.certManager && { issuerName: OPEN }),
  };
  const issued = certifiedOf(stack).flatMap((declared) =>
    issuedViolations(stack, declared, signer),
  );
  // What the stack says of all certificates is told once.
  const paths = issued.map(({ path }) => path);
  return [
    ...noCertManager(stack),
    ...under("certificates.authority", certificateAuthorityViolations(AUTHORITY, args)),
    ...names,
    ...issued.filter(({ path }, index) => paths.indexOf(path) === index),
  ];
}

function noCertManager(stack: StackConfig): Violation[] {
  const { certificates: { issuer, authority } = {}, platform } = stack;
  if (platform.certManager) return [];
  const what = {
    reason: "the platform has no cert-manager that could issue anything",
    remedy: "Add certManager: {} to platform, with install: false where one is there already",
  };
  if (issuer === "cert-manager") return [{ path: "certificates.issuer", value: issuer, ...what }];
  return authority?.certManager
    ? [{ path: "certificates.authority.certManager", value: authority.certManager, ...what }]
    : [];
}

/** Further names are for a certificate that the stack issues. */
function namesViolations(
  { certificates }: StackConfig,
  { kind, key, config }: Declared,
): Violation[] {
  const declared = config.certificates;
  if (declared === undefined || declared === false) return [];
  const [own] = Object.keys(ownSecrets(declared));
  const refused =
    own === undefined
      ? !certificates && {
          reason:
            "the stack has no authority, and CloudNativePG's own certificates hold no such names",
          remedy: "Declare certificates of the stack, or name a Secret in serverTlsSecret",
        }
      : {
          reason: `with ${own} the stack issues nothing for this database`,
          remedy: "Have the names in that certificate, or remove the names of Secrets",
        };
  if (!refused) return [];
  return (["externalNames", "additionalServices"] as const)
    .filter((name) => declared[name] !== undefined)
    .map((name) => ({
      path: `${propertyPath([kind, key])}.certificates.${name}`,
      value: declared[name],
      ...refused,
    }));
}

/** Where the stack declares what the component of the certificates takes. */
const DECLARED_AT: Readonly<Record<string, (where: string) => string>> = {
  users: (where) => `${where}.certificateUsers`,
  externalNames: (where) => `${where}.certificates.externalNames`,
  additionalServices: (where) => `${where}.certificates.additionalServices`,
  issuer: () => "certificates.issuer",
  validityDays: () => "certificates.validityDays",
  renewBeforeDays: () => "certificates.renewBeforeDays",
  clusterDomain: () => "certificates.clusterDomain",
};

/** Names of clusters and poolers are judged where these are. */
function issuedViolations(
  stack: StackConfig,
  declared: Declared,
  signer: CertificateSigner,
): Violation[] {
  const args = certificatesArgs(stack, declared, signer, stack.namespace);
  const where = propertyPath([declared.kind, declared.key]);
  return clusterCertificatesViolations(args).flatMap((violation) => {
    const [argument = ""] = violation.path.split(/[.[]/);
    const at = DECLARED_AT[argument]?.(where);
    return at === undefined
      ? []
      : [{ ...violation, path: `${at}${violation.path.slice(argument.length)}` }];
  });
}
