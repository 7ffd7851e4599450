import { z } from "zod";
import { maybe, rule } from "./rule";
import { isSealingCertificate, notACertificate } from "./sealing-key-pair";
import { propertyPath } from "./shape";

export const sealedSecretValues = rule({
  name: "sealed-secret-values",
  why: "A value that is not sealed would stand readable in the state and in the cluster.",
  subject: z.object({
    certificate: maybe(z.string()),
    encryptedData: maybe(z.record(z.string(), z.unknown())),
  }),
  judge: ({ certificate, encryptedData = {} }) => [
    ...(certificate !== undefined && !isSealingCertificate(certificate)
      ? [notACertificate("certificate", certificate)]
      : []),
    ...Object.entries(encryptedData)
      .filter(([, value]) => typeof value === "string" && !looksSealed(value))
      .map(([key]) => ({
        path: propertyPath(["encryptedData", key]),
        // It may well be the plain secret, put here by mistake.
        value: "[secret]",
        reason:
          "it is not a sealed value, and would stand readable in the state and in the cluster",
        remedy: "Give `data` and `certificate` to have it sealed, or what `kubeseal --raw` prints",
      })),
  ],
});

const TAG_BYTES = 16;

/** Base64 of a length, as many bytes of a key that RSA encrypted, and at least the tag of AES-GCM. */
function looksSealed(text: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return false;
  const bytes = Buffer.from(text, "base64");
  if (bytes.length < 2) return false;
  const keyLength = bytes.readUInt16BE(0);
  return keyLength >= 128 && bytes.length >= 2 + keyLength + TAG_BYTES;
}
