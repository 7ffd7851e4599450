import { createHash, createHmac, pbkdf2Sync } from "node:crypto";

/** PostgreSQL's default of `scram_iterations`. */
const ITERATIONS = 4096;

/**
 * What PostgreSQL stores in the place of a password, and accepts as one: it proves that a client knows the password and
 * does not tell it. The same password and salt give the same verifier, which PostgreSQL itself would salt anew each time.
 *
 * @see https://www.postgresql.org/docs/18/catalog-pg-authid.html and RFC 5803
 */
export function scramVerifier(password: string, salt: Buffer): string {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, "sha256");
  const key = (name: string) => createHmac("sha256", salted).update(name).digest();
  const storedKey = createHash("sha256").update(key("Client Key")).digest("base64");
  const serverKey = key("Server Key").toString("base64");
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString("base64")}$${storedKey}:${serverKey}`;
}

/** A salt of 16 bytes, as PostgreSQL's. It need not be secret, but differ from those of other logins. */
export function saltOf(...login: string[]): Buffer {
  return createHash("sha256").update(login.join("/")).digest().subarray(0, 16);
}
