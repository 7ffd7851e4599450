import { z } from "zod";
import { input, type Fields } from "../contract/schema";
import { IssuerKind, type CertificateSigner } from "./args";

/** The schema of CertificateSigner. Keys may be secret, and zod's messages quote invalid texts, so only the type is checked. */
export const certificateSignerSchema = z.strictObject({
  certificate: input(z.string()),
  privateKey: input(z.string()),
  bundle: input(z.string()).optional(),
  chain: input(z.string()).optional(),
  remainingDays: z.int().optional(),
  issuerName: input(z.string()).optional(),
  issuerKind: z.enum(IssuerKind).optional(),
} satisfies Fields<CertificateSigner>);
