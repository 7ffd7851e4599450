import { isIP } from "node:net";
import { z } from "zod";
import { refusal } from "../contract/schema";

/** What certificates are declared with. */

/** Life of a certificate, or a part of it, in days. A century is longer than any key should live. */
export const days = z.int().min(1).max(36500);

/** The name that a certificate is of. X.509 has 64 characters for it. */
export const commonName = z.string().refine(
  (text) => /^[\x20-\x7e]{1,64}$/.test(text) && text.trim() === text,
  refusal({
    reason: "a certificate has 64 printable characters for its common name, and no more",
    remedy: "Use 1 to 64 letters, digits and punctuation",
  }),
);

const LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
const HOST = new RegExp(`^(\\*\\.)?${LABEL}(\\.${LABEL})*$`, "i");

/** A host as it stands in a certificate: a name, or with a `*` for its first part. */
export function isHostName(text: string): boolean {
  return text.length <= 253 && HOST.test(text);
}

/** Whether a host is an address, which a certificate keeps apart from names. */
export function isAddress(text: string): boolean {
  return isIP(text) !== 0;
}

const HOST_REFUSAL = {
  reason:
    "clients compare the bare host with the certificate, and would never find one that is written so",
  remedy: "Give the host alone, without scheme, port or path, such as db.example.com",
};

export const dnsName = z.string().refine(isHostName, refusal(HOST_REFUSAL));

export const ipAddress = z
  .string()
  .refine(
    isAddress,
    refusal({ reason: "it is no IP address", remedy: "Give an address such as 192.0.2.10" }),
  );

/** A host by which clients call from outside. */
export const externalName = z
  .string()
  .refine((text) => isHostName(text) || isAddress(text), refusal(HOST_REFUSAL));
