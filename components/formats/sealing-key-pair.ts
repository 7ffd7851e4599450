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
  why: "What is sealed with a certificate can only be opened with the RSA key that the certificate is of.",
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
