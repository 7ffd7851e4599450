import { createHash } from "node:crypto";

const HASH_BYTES = 32;

/**
 * Encodes a short message as the number that RSA then encrypts, by OAEP with SHA-256: like `RSA_PKCS1_OAEP_PADDING`, except
 * that the caller provides the random seed.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8017#section-7.1.1
 *
 * @param length Bytes of the RSA key's modulus, and of the result.
 */
export function oaepEncode(
  message: Buffer,
  { label, seed, length }: { label: string; seed: Buffer; length: number },
): Buffer {
  const room = length - message.length - 2 * HASH_BYTES - 2;
  if (room < 0) throw new Error(`an RSA key of ${length * 8} bits is too small for the message`);
  const block = Buffer.concat([sha256(label), Buffer.alloc(room), Buffer.from([1]), message]);
  const maskedBlock = xor(block, mask(seed, block.length));
  const maskedSeed = xor(seed, mask(maskedBlock, HASH_BYTES));
  return Buffer.concat([Buffer.from([0]), maskedSeed, maskedBlock]);
}

/** MGF1: https://www.rfc-editor.org/rfc/rfc8017#appendix-B.2.1 */
function mask(seed: Buffer, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / HASH_BYTES) }, (_, index) => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(index);
    return sha256(Buffer.concat([seed, counter]));
  });
  return Buffer.concat(blocks).subarray(0, length);
}

function sha256(data: string | Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}

function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)));
}
