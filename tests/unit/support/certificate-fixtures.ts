/** Authorities and leaves, made for one run of a test: no key lies around in the repository. */
import "reflect-metadata";
import { createPrivateKey, webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { Registration } from "./registrations";

x509.cryptoProvider.set(webcrypto);

const DAY = 24 * 60 * 60 * 1000;

export interface CertificateFixture {
  /** PEM. */
  certificate: string;
  /** PEM, PKCS #8. */
  privateKey: string;
  keys: webcrypto.CryptoKeyPair;
  subject: string;
}

export interface FixtureOptions {
  commonName: string;
  /** Days from now that it is valid. */
  days: number;
  /** Days that it has been valid already. */
  since?: number;
  /** Who signs it. Default: itself. */
  by?: CertificateFixture;
  ca?: boolean;
}

/** A certificate with its key; of an authority, unless said otherwise. */
export async function certificateFixture(options: FixtureOptions): Promise<CertificateFixture> {
  const { commonName, days, since = 0, by, ca = true } = options;
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const subject = `CN=${commonName}`;
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: by?.subject ?? subject,
    // Seconds, as certificates have them.
    notBefore: new Date(Math.floor((Date.now() - since * DAY) / 1000) * 1000),
    notAfter: new Date(Math.floor((Date.now() + days * DAY) / 1000) * 1000 + 60_000),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: (by?.keys ?? keys).privateKey,
    extensions: [new x509.BasicConstraintsExtension(ca, undefined, true)],
  });
  const bytes = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  const privateKey = createPrivateKey({ key: Buffer.from(bytes), format: "der", type: "pkcs8" });
  return {
    certificate: `${certificate.toString("pem").trim()}\n`,
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    keys,
    subject,
  };
}

export const PRIVATE_KEY = "tls:index/privateKey:PrivateKey";
export const REQUEST = "tls:index/certRequest:CertRequest";
export const ROOT = "tls:index/selfSignedCert:SelfSignedCert";
export const SIGNED = "tls:index/locallySignedCert:LocallySignedCert";
export const SECRET = "kubernetes:core/v1:Secret";
export const CERTIFICATE = "kubernetes:cert-manager.io/v1:Certificate";

/** What matters of a registration here: who is asked for what, and after what. */
export function brief({ type, name, inputs, dependsOn, protect }: Registration) {
  return { type, name, inputs, dependsOn, ...(protect && { protect }) };
}

/** The labels of every object. */
export function labels(name: string, instance: string, component: string) {
  return {
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/instance": instance,
    "app.kubernetes.io/component": component,
    "app.kubernetes.io/part-of": "ha-postgres",
    "app.kubernetes.io/managed-by": "pulumi",
  };
}
