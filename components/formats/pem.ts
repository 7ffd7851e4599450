import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";

export const DAY = 24 * 60 * 60 * 1000;

/** The first certificate of a PEM text; undefined without one. */
export function certificateOf(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
}

/** A private key without a passphrase; undefined for any other text. */
export function privateKeyOf(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}

/** The certificates of a PEM text, one by one, without other text between them. */
export function certificatesIn(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}

/** Certificates as one PEM text, each once and in this order. */
export function bundleOf(texts: readonly string[]): string {
  const all = texts.flatMap(certificatesIn).map((one) => `${one}\n`);
  return [...new Set(all)].join("");
}

/** The time in which a certificate is valid. */
export function validity({ validFrom, validTo }: X509Certificate): { from: Date; to: Date } {
  return { from: new Date(validFrom), to: new Date(validTo) };
}

/** Whole days until a certificate expires. */
export function daysLeft(certificate: X509Certificate, now = Date.now()): number {
  return Math.floor((validity(certificate).to.getTime() - now) / DAY);
}

/** Whether a certificate is signed with its own key, as that of a root. */
export function isSelfSigned(certificate: X509Certificate): boolean {
  return certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey);
}
