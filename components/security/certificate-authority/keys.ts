import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { certificateAuthorityExisting } from "./rules/existing";
import { intermediateLifetime, rootLifetime } from "./rules/lifetimes";
import { bundleOf, certificateOf, validity } from "../../formats/pem";
import { refuse } from "../../contract/violation";
import type {
  CertificateAuthorityArgs,
  ExistingAuthorityArgs,
  IntermediateAuthorityArgs,
} from "./args";
import { warnBeforeEnd, warnWhenDue } from "../certificate-warnings";

/** A certificate that can sign others, with its key. */
export interface Authority {
  /** PEM, public. */
  certificate: pulumi.Output<string>;
  /** PEM, secret. */
  privateKey: pulumi.Output<string>;
  /** Certificates above it up to the root, PEM; empty for a root. */
  parents: pulumi.Output<string>;
  /** ISO 8601. */
  validUntil: pulumi.Output<string>;
}

/** The uses of an authority: to sign certificates and lists of revoked ones. */
const USES = ["cert_signing", "crl_signing"];

const HOURS = 24;

/** Creates a root. */
export function createRoot(
  parent: pulumi.ComponentResource,
  name: string,
  args: CertificateAuthorityArgs,
): Authority {
  const { commonName = name, organization, deletionProtection } = args;
  const { validityDays, renewBeforeDays } = rootLifetime(args);
  // Undefined, and not false, where it is off: children inherit the protection of a component that has it.
  const protect = deletionProtection ? true : undefined;
  const key = createKey(parent, `${name}-root`, protect);
  const certificate = new tls.SelfSignedCert(
    `${name}-root`,
    {
      privateKeyPem: key.privateKeyPem,
      subject: { commonName, ...(organization !== undefined && { organization }) },
      isCaCertificate: true,
      allowedUses: USES,
      validityPeriodHours: validityDays * HOURS,
      earlyRenewalHours: renewBeforeDays * HOURS,
    },
    { parent },
  );
  warnWhenDue(parent, `The root of CertificateAuthority "${name}"`, certificate);
  return {
    certificate: pulumi.unsecret(certificate.certPem),
    privateKey: pulumi.secret(key.privateKeyPem),
    parents: pulumi.output(""),
    validUntil: certificate.validityEndTime,
  };
}

/** Creates an authority below the root. */
export function createIntermediate(
  parent: pulumi.ComponentResource,
  name: string,
  { commonName = name, organization }: CertificateAuthorityArgs,
  intermediate: IntermediateAuthorityArgs,
  root: Authority,
): Authority {
  const { validityDays, renewBeforeDays } = intermediateLifetime(intermediate);
  // Not protected: the root can sign another one at any time, which all trust that trust the root.
  const key = createKey(parent, `${name}-intermediate`, undefined);
  const request = new tls.CertRequest(
    `${name}-intermediate`,
    {
      privateKeyPem: key.privateKeyPem,
      subject: {
        commonName: intermediate.commonName ?? `${commonName} intermediate`,
        ...(organization !== undefined && { organization }),
      },
    },
    { parent },
  );
  const certificate = new tls.LocallySignedCert(
    `${name}-intermediate`,
    {
      certRequestPem: request.certRequestPem,
      caCertPem: root.certificate,
      caPrivateKeyPem: root.privateKey,
      isCaCertificate: true,
      allowedUses: USES,
      validityPeriodHours: validityDays * HOURS,
      earlyRenewalHours: renewBeforeDays * HOURS,
    },
    { parent },
  );
  warnWhenDue(parent, `The intermediate of CertificateAuthority "${name}"`, certificate);
  return {
    certificate: pulumi.unsecret(certificate.certPem),
    privateKey: pulumi.secret(key.privateKeyPem),
    parents: pulumi
      .all([root.certificate, root.parents])
      .apply(([own, above]) => bundleOf([own, above])),
    validUntil: certificate.validityEndTime,
  };
}

/** Checks an authority as soon as it is known: what a key that does not match signs is not trusted. */
export function existingAuthority(name: string, given: ExistingAuthorityArgs): Authority {
  const known = pulumi
    .all([given.certificate, given.privateKey, given.parents])
    .apply(([certificate, privateKey, parents]) => {
      const existing = { certificate, privateKey, ...(parents !== undefined && { parents }) };
      refuse(`CertificateAuthority "${name}"`, certificateAuthorityExisting.check({ existing }));
      return { certificate, privateKey, parents: parents ?? "" };
    });
  // Public, even if it came out of one secret with the key.
  const certificate = pulumi.unsecret(known.certificate);
  warnBeforeEnd(`The existing authority of CertificateAuthority "${name}"`, certificate);
  return {
    certificate,
    privateKey: pulumi.secret(known.privateKey),
    parents: pulumi.unsecret(known.parents),
    validUntil: certificate.apply(endOf),
  };
}

function endOf(pem: string): string {
  const certificate = certificateOf(pem);
  return certificate ? validity(certificate).to.toISOString() : "";
}

function createKey(
  parent: pulumi.ComponentResource,
  name: string,
  protect: true | undefined,
): tls.PrivateKey {
  return new tls.PrivateKey(
    `${name}-key`,
    { algorithm: "ECDSA", ecdsaCurve: "P384" },
    { parent, protect },
  );
}
