import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../contract/rule";
import type { Violation } from "../contract/violation";
import { certificateOf, privateKeyOf } from "./pem";

interface KeyPair {
  certificate: pulumi.Input<string>;
  privateKey: pulumi.Input<string>;
}

export const sealingKeyPair = rule({
  name: "sealing-key-pair",
  why: "A value sealed with a certificate can only be opened with the RSA key of that certificate.",
  *check({ sealingKey }: { sealingKey?: KeyPair }) {
    if (!sealingKey) return;
    const { certificate, privateKey } = sealingKey;
    if (typeof certificate === "string" && !isSealingCertificate(certificate)) {
      yield notACertificate("sealingKey.certificate", certificate);
    }
    if (typeof privateKey !== "string") return;
    const opener = privateKeyOf(privateKey);
    if (opener?.asymmetricKeyType !== "rsa") {
      yield notAKey;
      return;
    }
    const sealer = typeof certificate === "string" ? certificateOf(certificate) : undefined;
    if (sealer && !sealer.checkPrivateKey(opener)) yield notAPair;
  },
});

/** Whether kubeseal accepts a text for `--cert`. */
export function isSealingCertificate(text: string): boolean {
  return certificateOf(text)?.publicKey.asymmetricKeyType === "rsa";
}

/** The violation of a text that is not a certificate of an RSA key. */
export function notACertificate(path: string, value: string): Violation {
  return {
    path,
    value,
    reason: "must be a certificate of an RSA key, which Sealed Secrets seals with",
    remedy: "Give the certificate as PEM, beginning with -----BEGIN CERTIFICATE-----",
  };
}

const notAKey: Violation = {
  path: "sealingKey.privateKey",
  value: "[secret]",
  reason: "must be an RSA private key without a passphrase, or the controller does not start",
  remedy: "Give the key as PEM, the `tls.key` of a backup of the sealing keys",
};

const notAPair: Violation = {
  path: "sealingKey.privateKey",
  value: "[secret]",
  reason: "is not the key of the certificate, so no sealed value could be opened",
  remedy: "Take `tls.crt` and `tls.key` from the same Secret of the backup",
};
