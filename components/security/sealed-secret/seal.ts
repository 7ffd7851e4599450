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

/** Where a sealed value may be unsealed; the controller refuses it under another label. */
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

/** What a value is sealed with. */
export interface Sealing {
  /** The controller's certificate, PEM. */
  certificate: string;
  label: string;
  /** Secret bytes that everything random is derived from, 32 or more. */
  seed: Buffer;
}

/**
 * A value in the form that the Sealed Secrets controller opens, base64: the length of the encrypted session key in two
 * bytes, that key by RSA-OAEP with SHA-256, and the value by AES-256-GCM.
 *
 * kubeseal takes a new session key each time, upon which every `pulumi up` would find a change. Here the same value at the
 * same place is sealed to the same bytes: session key and OAEP's seed are derived from a secret that is random once, from
 * the value and from everything else that goes in. To whom does not know that secret they are as good as random. All that
 * the result tells is that a value has not changed.
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

/** 32 bytes that are different as soon as any part is: each goes in with its length, so none runs into the next. */
function derived(seed: Buffer, parts: (string | Buffer)[]): Buffer {
  const hmac = createHmac("sha256", seed);
  for (const part of parts.map((one) => Buffer.from(one))) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    hmac.update(length).update(part);
  }
  return hmac.digest();
}
