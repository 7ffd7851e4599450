import { z } from "zod";
import { input, type Fields } from "../contract/schema";
import { IssuerKind, type CertificateSigner } from "./args";

/** The schema of CertificateSigner. Keys may be secret: zod's own words about a wrong text quote it, so there is only the type. */
export const certificateSignerSchema = z.strictObject({
  certificate: input(z.string()),
  privateKey: input(z.string()),
  bundle: input(z.string()).optional(),
  chain: input(z.string()).optional(),
  remainingDays: z.int().optional(),
  issuerName: input(z.string()).optional(),
  issuerKind: z.enum(IssuerKind).optional(),
} satisfies Fields<CertificateSigner>);
