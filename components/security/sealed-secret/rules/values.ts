import { rule } from "../../../contract/rule";
import { propertyPath } from "../../../contract/schema";
import { isSealingCertificate, notACertificate } from "../../../formats/sealing-key-pair";
import type { SealedSecretArgs } from "../args";

export const sealedSecretValues = rule({
  name: "sealed-secret-values",
  why: "A value that is not sealed would be readable in the state and in the cluster.",
  *check({
    certificate,
    encryptedData = {},
  }: Pick<SealedSecretArgs, "certificate" | "encryptedData">) {
    if (typeof certificate === "string" && !isSealingCertificate(certificate)) {
      yield notACertificate("certificate", certificate);
    }
    for (const [key, value] of Object.entries(encryptedData)) {
      if (typeof value !== "string" || looksSealed(value)) continue;
      yield {
        path: propertyPath(["encryptedData", key]),
        // It may be the plain secret, given here by mistake.
        value: "[secret]",
        reason: "is not a sealed value, and would be readable in the state and in the cluster",
        remedy:
          "Set `data` and `certificate` to have it sealed, or use the output of `kubeseal --raw`",
      };
    }
  },
});

const TAG_BYTES = 16;

/** Recognizes base64 of a length, as many bytes of a key that RSA encrypted, and at least the tag of AES-GCM. */
function looksSealed(text: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return false;
  const bytes = Buffer.from(text, "base64");
  if (bytes.length < 2) return false;
  const keyLength = bytes.readUInt16BE(0);
  return keyLength >= 128 && bytes.length >= 2 + keyLength + TAG_BYTES;
}
