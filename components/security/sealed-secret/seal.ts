import {
  constants,
  createCipheriv,
  createHmac,
  publicEncrypt,
  X509Certificate,
  type KeyObject,
} from "node:crypto";
import { SealedSecretScope } from "./args";
import { oaepEncode } from "./oaep";

/** Returns the label of the places where a sealed value may be unsealed; the controller refuses it under another one. */
export function sealingLabel(
  scope: SealedSecretScope,
  { namespace, name }: { namespace: string; name: string },
): string {
  switch (scope) {
    case SealedSecretScope.ClusterWide:
      return "";
    case SealedSecretScope.NamespaceWide:
      return namespace;
    case SealedSecretScope.Strict:
      return `${namespace}/${name}`;
  }
}

/** The inputs for sealing a value. */
export interface Sealing {
  /** The controller's certificate, PEM. */
  certificate: string;
  label: string;
  /** Secret bytes that everything random is derived from, at least 32. */
  seed: Buffer;
}

/**
 * Seals a value in the form that the Sealed Secrets controller opens, base64: the length of the encrypted session key in
 * two bytes, that key by RSA-OAEP with SHA-256, and the value by AES-256-GCM.
 *
 * kubeseal uses a new session key each time, so that every `pulumi up` would find a change. Here the same value at the same
 * place is sealed to the same bytes: session key and OAEP's seed are derived from a secret that is random once, from the
 * value and from all other inputs. Without that secret they are as good as random. The result only reveals that a value has
 * not changed.
 *
 * @see https://github.com/bitnami/sealed-secrets/blob/v0.40.0/pkg/crypto/crypto.go
 */
export function seal(key: string, value: string, { certificate, label, seed }: Sealing): string {
  const { publicKey } = new X509Certificate(certificate);
  const derive = (purpose: string) =>
    derived(seed, [purpose, publicKey.export({ type: "spki", format: "der" }), label, key, value]);
  const sessionKey = derive("session key");
  const encryptedKey = encryptedWith(publicKey, sessionKey, label, derive("oaep seed"));
  const keyLength = Buffer.alloc(2);
  keyLength.writeUInt16BE(encryptedKey.length);
  // A nonce must not be used for two texts under one key. Another text has another key, so it can be zero, as it is in
  // kubeseal.
  const cipher = createCipheriv("aes-256-gcm", sessionKey, Buffer.alloc(12));
  const encrypted = [cipher.update(value, "utf8"), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([keyLength, encryptedKey, ...encrypted]).toString("base64");
}

function encryptedWith(publicKey: KeyObject, message: Buffer, label: string, seed: Buffer): Buffer {
  const length = (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  // Node's own OAEP takes its seed from the system, so the padding is made here and RSA gets the finished block.
  return publicEncrypt(
    { key: publicKey, padding: constants.RSA_NO_PADDING },
    oaepEncode(message, { label, seed, length }),
  );
}

/** Derives 32 bytes that differ as soon as any part does: each part is hashed with its length, so parts cannot run together. */
function derived(seed: Buffer, parts: (string | Buffer)[]): Buffer {
  const hmac = createHmac("sha256", seed);
  for (const part of parts.map((one) => Buffer.from(one))) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    hmac.update(length).update(part);
  }
  return hmac.digest();
}
