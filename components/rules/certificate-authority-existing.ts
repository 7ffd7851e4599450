import { z } from "zod";
import { certificateOf, certificatesIn, daysLeft, privateKeyOf } from "./certificate-pem";
import { maybe, rule } from "./rule";
import type { Violation } from "./violation";

/** What is decided already where there is an authority. */
const DECIDED = ["commonName", "validityDays", "renewBeforeDays"] as const;

export const certificateAuthorityExisting = rule({
  name: "certificate-authority-existing",
  why: "An authority that exists signs with the key of its certificate, as long as that is valid.",
  subject: z.object({
    commonName: z.unknown().optional(),
    validityDays: z.unknown().optional(),
    renewBeforeDays: z.unknown().optional(),
    existing: maybe(
      z.object({
        certificate: maybe(z.string()),
        privateKey: maybe(z.string()),
        parents: maybe(z.string()),
      }),
    ),
  }),
  judge: ({ existing, ...others }) => {
    if (!existing) return [];
    return [
      ...DECIDED.filter((field) => others[field] !== undefined).map((field) => ({
        path: field,
        value: others[field],
        reason: "no root is made here, and the one that exists has this already",
        remedy: "Remove it, or put it under `intermediate`",
      })),
      ...certificateViolations(existing.certificate),
      ...keyViolations(existing),
      ...(existing.parents !== undefined && certificatesIn(existing.parents).length === 0
        ? [
            {
              path: "existing.parents",
              value: existing.parents,
              reason: "there is no certificate in it",
              remedy: "Give certificates as PEM, beginning with -----BEGIN CERTIFICATE-----",
            },
          ]
        : []),
    ];
  },
});

function certificateViolations(pem: string | undefined): Violation[] {
  if (pem === undefined) return [];
  const path = "existing.certificate";
  const certificate = certificateOf(pem);
  if (!certificate || certificatesIn(pem).length > 1) {
    return [
      {
        path,
        value: pem,
        reason: "it is not one certificate",
        remedy:
          "Give that of the authority as PEM, beginning with -----BEGIN CERTIFICATE-----, and others in `parents`",
      },
    ];
  }
  if (!certificate.ca) {
    return [
      {
        path,
        value: certificate.subject,
        reason: "it is no authority's: nobody would trust what it signs",
        remedy: "Give a certificate with the basic constraint CA:TRUE",
      },
    ];
  }
  if (daysLeft(certificate) >= 1) return [];
  return [
    {
      path,
      value: certificate.validTo,
      reason: "it has ended or ends within a day, so there is nothing left to issue",
      remedy: "Give an authority that is valid",
    },
  ];
}

function keyViolations(existing: { certificate?: string; privateKey?: string }): Violation[] {
  if (existing.privateKey === undefined) return [];
  // Never the value: this is the key.
  const found = { path: "existing.privateKey", value: "[secret]" };
  const key = privateKeyOf(existing.privateKey);
  if (!key) {
    return [
      {
        ...found,
        reason: "it is no private key that can be read without a passphrase",
        remedy: "Give the key as PEM, beginning with -----BEGIN PRIVATE KEY-----",
      },
    ];
  }
  const certificate =
    existing.certificate === undefined ? undefined : certificateOf(existing.certificate);
  if (!certificate || certificate.checkPrivateKey(key)) return [];
  return [
    {
      ...found,
      reason: "it is not the key of the certificate, so nobody would trust what it signs",
      remedy: "Take certificate and key from the same place",
    },
  ];
}
