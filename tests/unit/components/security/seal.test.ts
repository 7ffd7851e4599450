import { constants, createDecipheriv, privateDecrypt, randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { oaepEncode } from "../../../../components/security/sealed-secret/oaep";
import {
  seal,
  sealingLabel,
  type Sealing,
} from "../../../../components/security/sealed-secret/seal";
import { SealedSecretScope } from "../../../../components/security/sealed-secret/args";
import { rsaKey, type SealingKeyPair } from "../../support/sealing-keys";

/** The value, opened as the controller does, and the key that it was encrypted with. */
function unseal(sealed: string, privateKey: string, label: string) {
  const bytes = Buffer.from(sealed, "base64");
  const end = 2 + bytes.readUInt16BE(0);
  const sessionKey = privateDecrypt(
    {
      key: privateKey,
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: "sha256",
      oaepLabel: Buffer.from(label),
    },
    bytes.subarray(2, end),
  );
  const cipher = createDecipheriv("aes-256-gcm", sessionKey, Buffer.alloc(12));
  cipher.setAuthTag(bytes.subarray(-16));
  const value = Buffer.concat([cipher.update(bytes.subarray(end, -16)), cipher.final()]);
  return { value: value.toString("utf8"), sessionKey: sessionKey.toString("hex") };
}

const of = { namespace: "shop", name: "api-token" };
const seed = Buffer.alloc(32, 7);
let key: SealingKeyPair;
let other: SealingKeyPair;
beforeAll(async () => {
  [key, other] = await Promise.all([rsaKey(), rsaKey()]);
});

const sealing = (over: Partial<Sealing> = {}): Sealing => ({
  certificate: key.certificate,
  label: "shop/api-token",
  seed,
  ...over,
});

describe("the label of a scope", () => {
  test.each([
    [SealedSecretScope.Strict, "shop/api-token"],
    [SealedSecretScope.NamespaceWide, "shop"],
    [SealedSecretScope.ClusterWide, ""],
  ])("%s is %j, and the value is opened with it alone", (scope, label) => {
    expect(sealingLabel(scope, of)).toBe(label);
    const sealed = seal("token", "s3cret", sealing({ label }));
    expect(unseal(sealed, key.privateKey, label).value).toBe("s3cret");
    expect(() => unseal(sealed, key.privateKey, "shop/other")).toThrow();
    expect(() => unseal(sealed, other.privateKey, label)).toThrow();
  });
});

describe("a sealed value", () => {
  test("is the same each time", () => {
    expect(seal("token", "s3cret", sealing())).toBe(seal("token", "s3cret", sealing()));
  });

  test("has the layout that the controller expects", () => {
    const bytes = Buffer.from(seal("token", "s3cret", sealing()), "base64");
    expect(bytes.readUInt16BE(0)).toBe(256);
    expect(bytes.length).toBe(2 + 256 + "s3cret".length + 16);
  });

  test("has a separate session key for each of its inputs", () => {
    const sealed: [text: string, privateKey: string, label: string][] = [
      [seal("token", "s3cret", sealing()), key.privateKey, "shop/api-token"],
      [seal("token", "s3cret2", sealing()), key.privateKey, "shop/api-token"],
      [seal("token2", "s3cret", sealing()), key.privateKey, "shop/api-token"],
      // The same letters, the border between key and value elsewhere.
      [seal("tokens", "3cret", sealing()), key.privateKey, "shop/api-token"],
      [seal("token", "s3cret", sealing({ label: "shop" })), key.privateKey, "shop"],
      [
        seal("token", "s3cret", sealing({ seed: Buffer.alloc(32, 8) })),
        key.privateKey,
        "shop/api-token",
      ],
      [
        seal("token", "s3cret", sealing({ certificate: other.certificate })),
        other.privateKey,
        "shop/api-token",
      ],
    ];
    const keys = sealed.map((one) => unseal(...one).sessionKey);
    expect(new Set(keys).size).toBe(sealed.length);
  });

  test("is opened to the original value", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(
        text,
        text,
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (value, label, bytes) => {
          const sealed = seal("key", value, sealing({ label, seed: Buffer.from(bytes) }));
          expect(unseal(sealed, key.privateKey, label).value).toBe(Buffer.from(value).toString());
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("OAEP", () => {
  test("fills the modulus, and begins with the zero that keeps it below it", () => {
    const block = oaepEncode(randomBytes(32), { label: "", seed: randomBytes(32), length: 512 });
    expect([block.length, block[0]]).toEqual([512, 0]);
  });

  test("refuses a key that is too small for a session key", () => {
    const encode = () => oaepEncode(Buffer.alloc(32), { label: "", seed, length: 64 });
    expect(encode).toThrow("an RSA key of 512 bits is too small for the message");
  });
});
