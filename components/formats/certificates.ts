import { isIP } from "node:net";
import { z } from "zod";
import { refusal } from "../contract/schema";

/** Formats of the arguments that declare certificates. */

/** Life of a certificate, or a part of it, in days. A century is longer than any key should live. */
export const days = z.int().min(1).max(36500);

/** The common name of a certificate. X.509 allows 64 characters. */
export const commonName = z.string().refine(
  (text) => /^[\x20-\x7e]{1,64}$/.test(text) && text.trim() === text,
  refusal({
    reason: "must have 1 to 64 printable characters, the most that a certificate allows",
    remedy: "Use 1 to 64 letters, digits and punctuation",
  }),
);

const LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
const HOST = new RegExp(`^(\\*\\.)?${LABEL}(\\.${LABEL})*$`, "i");

/** Whether a host can be in a certificate: a name, or one with `*` as its first part. */
function isHostName(text: string): boolean {
  return text.length <= 253 && HOST.test(text);
}

/** Whether a host is an IP address, which is separate from names in a certificate. */
export function isAddress(text: string): boolean {
  return isIP(text) !== 0;
}

const HOST_REFUSAL = {
  reason: "must be a bare host: clients compare nothing else with the certificate",
  remedy: "Give the host alone, without scheme, port or path, such as db.example.com",
};

export const dnsName = z.string().refine(isHostName, refusal(HOST_REFUSAL));

export const ipAddress = z
  .string()
  .refine(
    isAddress,
    refusal({ reason: "is not a valid IP address", remedy: "Give an address such as 192.0.2.10" }),
  );

/** A host that external clients connect to. */
export const externalName = z
  .string()
  .refine((text) => isHostName(text) || isAddress(text), refusal(HOST_REFUSAL));
