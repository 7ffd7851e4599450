import { z } from "zod";
import { maybe, rule } from "./rule";

export const certificateIssuerThere = rule({
  name: "certificate-issuer-there",
  why: "cert-manager issues with an issuer of its own.",
  subject: z.object({
    issuer: maybe(z.enum(["pulumi", "cert-manager"])),
    ca: maybe(z.object({ issuerName: z.unknown().optional() })),
  }),
  judge: ({ issuer, ca }) =>
    issuer !== "cert-manager" || ca === undefined || ca.issuerName !== undefined
      ? []
      : [
          {
            path: "issuer",
            value: issuer,
            reason: "the authority is no issuer of cert-manager, so nobody would issue",
            remedy: "Set certManager of the CertificateAuthority, or ca.issuerName",
          },
        ],
});
