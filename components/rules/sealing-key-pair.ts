import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import { z } from "zod";
import { maybe, rule } from "./rule";
import type { Violation } from "./violation";

export const sealingKeyPair = rule({
  name: "sealing-key-pair",
  why: "What is sealed with a certificate can only be opened with the RSA key that the certificate is of.",
  subject: z.object({
    sealingKey: maybe(z.object({ certificate: maybe(z.string()), privateKey: maybe(z.string()) })),
  }),
  judge: ({ sealingKey: { certificate, privateKey } = {} }) => {
    const sealer = certificate === undefined ? undefined : certificateOf(certificate);
    const opener = privateKey === undefined ? undefined : keyOf(privateKey);
    return [
      ...(certificate !== undefined && sealer?.publicKey.asymmetricKeyType !== "rsa"
        ? [notACertificate("sealingKey.certificate", certificate)]
        : []),
      ...(privateKey !== undefined && opener?.asymmetricKeyType !== "rsa" ? [notAKey] : []),
      ...(sealer && opener?.asymmetricKeyType === "rsa" && !sealer.checkPrivateKey(opener)
        ? [notAPair]
        : []),
    ];
  },
});

/** Whether a text is what kubeseal takes for `--cert`. */
export function isSealingCertificate(text: string): boolean {
  return certificateOf(text)?.publicKey.asymmetricKeyType === "rsa";
}

/** The violation of a text that is no certificate of an RSA key. */
export function notACertificate(path: string, value: string): Violation {
  return {
    path,
    value,
    reason: "it is no certificate of an RSA key, which is what Sealed Secrets seals with",
    remedy: "Give the certificate as PEM, beginning with -----BEGIN CERTIFICATE-----",
  };
}

const notAKey: Violation = {
  path: "sealingKey.privateKey",
  value: "[secret]",
  reason: "it is no RSA private key without a passphrase, and the controller would not start",
  remedy: "Give the key as PEM, the `tls.key` of a backup of the sealing keys",
};

const notAPair: Violation = {
  path: "sealingKey.privateKey",
  value: "[secret]",
  reason: "it is not the key of the certificate, so nothing that is sealed could be opened",
  remedy: "Take `tls.crt` and `tls.key` from the same Secret of the backup",
};

function certificateOf(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
}

function keyOf(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}
