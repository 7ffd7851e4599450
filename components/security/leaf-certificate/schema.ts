import { z } from "zod";
import { commonName, days, dnsName, ipAddress } from "../../formats/certificates";
import { namespaceName, objectName } from "../../formats/names";
import { input, type Fields } from "../../contract/schema";
import { CertificateIssuer, CertificateUsage } from "../args";
import { certificateSignerSchema } from "../signer-schema";
import type { LeafCertificateArgs } from "./args";

/** The schema of LeafCertificateArgs, with the name that the Secret gets. */
export const leafCertificateSchema = z.strictObject({
  namespace: input(namespaceName),
  ca: certificateSignerSchema,
  usage: z.enum(CertificateUsage),
  commonName: commonName.optional(),
  dnsNames: z.array(input(dnsName)).optional(),
  ipAddresses: z.array(ipAddress).optional(),
  secretName: objectName,
  validityDays: days.optional(),
  renewBeforeDays: days.optional(),
  issuer: z.enum(CertificateIssuer).optional(),
  labels: z.record(z.string(), z.string()).optional(),
} satisfies Fields<LeafCertificateArgs>);
