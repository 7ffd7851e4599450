import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../contract/rule";
import type { Violation } from "../../../contract/violation";
import { certificateOf, certificatesIn, daysLeft, privateKeyOf } from "../../../formats/pem";
import type { CertificateAuthorityArgs } from "../args";

/** The arguments that an existing authority has fixed already. */
const DECIDED = ["commonName", "validityDays", "renewBeforeDays"] as const;

export const certificateAuthorityExisting = rule({
  name: "certificate-authority-existing",
  why: "An existing authority signs with the key of its certificate, while that is valid.",
  *check(args: Pick<CertificateAuthorityArgs, "existing" | (typeof DECIDED)[number]>) {
    if (!args.existing) return;
    for (const path of DECIDED) {
      if (args[path] === undefined) continue;
      yield {
        path,
        value: args[path],
        reason: "must not be set for an existing authority, which has it already",
        remedy: "Remove it, or set it in `intermediate`",
      };
    }
    const { certificate, privateKey, parents } = args.existing;
    if (typeof certificate === "string") yield* certificateViolations(certificate);
    if (typeof privateKey === "string") yield* keyViolations(privateKey, certificate);
    if (typeof parents === "string" && certificatesIn(parents).length === 0) {
      yield {
        path: "existing.parents",
        value: parents,
        reason: "contains no certificate",
        remedy: "Use certificates as PEM, beginning with -----BEGIN CERTIFICATE-----",
      };
    }
  },
});

function* certificateViolations(pem: string): Generator<Violation> {
  const path = "existing.certificate";
  const certificate = certificateOf(pem);
  if (!certificate || certificatesIn(pem).length > 1) {
    yield {
      path,
      value: pem,
      reason: "must be exactly one certificate",
      remedy:
        "Use that of the authority as PEM, beginning with -----BEGIN CERTIFICATE-----, and others in `parents`",
    };
  } else if (!certificate.ca) {
    yield {
      path,
      value: certificate.subject,
      reason: "is not an authority's: no client would trust what it signs",
      remedy: "Use a certificate with the basic constraint CA:TRUE",
    };
  } else if (daysLeft(certificate) < 1) {
    yield {
      path,
      value: certificate.validTo,
      reason: "has expired or expires within a day, so it cannot issue anything",
      remedy: "Use an authority that is valid",
    };
  }
}

function* keyViolations(privateKey: string, pem: pulumi.Input<string>): Generator<Violation> {
  // Never the value: this is the key.
  const found = { path: "existing.privateKey", value: "[secret]" };
  const key = privateKeyOf(privateKey);
  if (!key) {
    yield {
      ...found,
      reason: "must be a private key without a passphrase",
      remedy: "Use the key as PEM, beginning with -----BEGIN PRIVATE KEY-----",
    };
    return;
  }
  const certificate = typeof pem === "string" ? certificateOf(pem) : undefined;
  if (!certificate || certificate.checkPrivateKey(key)) return;
  yield {
    ...found,
    reason: "is not the key of the certificate, so no client would trust what it signs",
    remedy: "Use a certificate and key that belong together",
  };
}
