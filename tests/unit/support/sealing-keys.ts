/** Keys to seal with, made for one run of a test: none lies around in the repository. */
import "reflect-metadata";
import { createPrivateKey, webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

x509.cryptoProvider.set(webcrypto);

export interface SealingKeyPair {
  certificate: string;
  privateKey: string;
}

const RSA = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  publicExponent: new Uint8Array([1, 0, 1]),
  // Half of what the component makes: a test looks for it ten times as long otherwise.
  modulusLength: 2048,
};

/** An RSA key with its self-signed certificate, as PEM. */
export const rsaKey = () => selfSigned(RSA);

/** One of the other kind that certificates are of. */
export const ellipticKey = () =>
  selfSigned({ name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" });

async function selfSigned(
  algorithm: typeof RSA | { name: string; namedCurve: string; hash: string },
): Promise<SealingKeyPair> {
  const usages: webcrypto.KeyUsage[] = ["sign", "verify"];
  const keys = await webcrypto.subtle.generateKey(algorithm, true, usages);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=sealed-secrets",
    notBefore: new Date("2026-01-01T00:00:00Z"),
    notAfter: new Date("2036-01-01T00:00:00Z"),
    signingAlgorithm: algorithm,
    keys,
  });
  const bytes = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  const privateKey = createPrivateKey({ key: Buffer.from(bytes), format: "der", type: "pkcs8" });
  return {
    certificate: certificate.toString("pem"),
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
