import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../contract/rule";
import type { Violation } from "../../../contract/violation";
import { certificateOf, certificatesIn, daysLeft, privateKeyOf } from "../../../formats/pem";
import type { CertificateAuthorityArgs } from "../args";

/** What is decided already where there is an authority. */
const DECIDED = ["commonName", "validityDays", "renewBeforeDays"] as const;

export const certificateAuthorityExisting = rule({
  name: "certificate-authority-existing",
  why: "An authority that exists signs with the key of its certificate, as long as that is valid.",
  *check(args: Pick<CertificateAuthorityArgs, "existing" | (typeof DECIDED)[number]>) {
    if (!args.existing) return;
    for (const path of DECIDED) {
      if (args[path] === undefined) continue;
      yield {
        path,
        value: args[path],
        reason: "no root is made here, and the one that exists has this already",
        remedy: "Remove it, or put it under `intermediate`",
      };
    }
    const { certificate, privateKey, parents } = args.existing;
    if (typeof certificate === "string") yield* certificateViolations(certificate);
    if (typeof privateKey === "string") yield* keyViolations(privateKey, certificate);
    if (typeof parents === "string" && certificatesIn(parents).length === 0) {
      yield {
        path: "existing.parents",
        value: parents,
        reason: "there is no certificate in it",
        remedy: "Give certificates as PEM, beginning with -----BEGIN CERTIFICATE-----",
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
      reason: "it is not one certificate",
      remedy:
        "Give that of the authority as PEM, beginning with -----BEGIN CERTIFICATE-----, and others in `parents`",
    };
  } else if (!certificate.ca) {
    yield {
      path,
      value: certificate.subject,
      reason: "it is no authority's: nobody would trust what it signs",
      remedy: "Give a certificate with the basic constraint CA:TRUE",
    };
  } else if (daysLeft(certificate) < 1) {
    yield {
      path,
      value: certificate.validTo,
      reason: "it has ended or ends within a day, so there is nothing left to issue",
      remedy: "Give an authority that is valid",
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
      reason: "it is no private key that can be read without a passphrase",
      remedy: "Give the key as PEM, beginning with -----BEGIN PRIVATE KEY-----",
    };
    return;
  }
  const certificate = typeof pem === "string" ? certificateOf(pem) : undefined;
  if (!certificate || certificate.checkPrivateKey(key)) return;
  yield {
    ...found,
    reason: "it is not the key of the certificate, so nobody would trust what it signs",
    remedy: "Take certificate and key from the same place",
  };
}
