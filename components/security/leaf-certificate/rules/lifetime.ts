import { rule } from "../../../contract/rule";
import { certificateOf, DAY, validity } from "../../../formats/pem";
import type { CertificateSigner } from "../../args";

const HOURS = 24;

interface DeclaredLifetime {
  validityDays?: number;
  renewBeforeDays?: number;
}

/** Returns the lifetime of a leaf and the time before its expiry from which it is renewed, with the defaults. */
export function leafLifetime({ validityDays = 90, renewBeforeDays }: DeclaredLifetime): {
  validityHours: number;
  renewBeforeHours: number;
} {
  const validityHours = validityDays * HOURS;
  return {
    validityHours,
    renewBeforeHours:
      renewBeforeDays === undefined ? Math.floor(validityHours / 3) : renewBeforeDays * HOURS,
  };
}

export const leafCertificateLifetime = rule({
  name: "leaf-certificate-lifetime",
  why: "A certificate is renewed while it is valid, and expires before its authority.",
  *check({
    ca,
    ...declared
  }: DeclaredLifetime & { ca?: Pick<CertificateSigner, "remainingDays"> }) {
    const { validityHours, renewBeforeHours } = leafLifetime(declared);
    const validityDays = validityHours / HOURS;
    if (renewBeforeHours >= validityHours) {
      yield {
        path: "renewBeforeDays",
        value: declared.renewBeforeDays,
        reason: `a certificate of ${validityDays} days would be renewed continuously`,
        remedy: `Use less than ${validityDays}, the days that it is valid`,
      };
    }
    const remaining = ca?.remainingDays;
    if (remaining !== undefined && validityDays > remaining) {
      yield {
        path: "validityDays",
        value: validityDays,
        reason: `the authority may have only ${remaining} days left when it issues, and a certificate becomes invalid with its authority`,
        remedy: `Use ${remaining} or less, or an authority with more renewBeforeDays`,
      };
    }
  },
});

/**
 * Compares the issued certificate with the authority's, both as PEM. If the authority's lifetime was not known before, they
 * can be compared only now.
 */
export const leafWithinAuthority = rule({
  name: "leaf-within-authority",
  why: "A certificate is invalid once its authority has expired.",
  *check({ certificate, authority }: { certificate: string; authority: string }) {
    const [leaf, ca] = [certificateOf(certificate), certificateOf(authority)];
    if (!leaf || !ca) return;
    const [own, of] = [validity(leaf), validity(ca)];
    if (own.to <= of.to) return;
    const days = (to: Date) => (to.getTime() - own.from.getTime()) / DAY;
    const most = Math.floor(days(of.to));
    yield {
      path: "validityDays",
      value: Math.round(days(own.to)),
      reason: `the authority expires at ${of.to.toISOString()}, and a certificate becomes invalid with its authority`,
      remedy: `Use ${most} or less, or an authority that expires later`,
    };
  },
});
