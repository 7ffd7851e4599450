import { z } from "zod";
import { days, dnsName, externalName } from "../../formats/certificates";
import { identifier, namespaceName } from "../../formats/names";
import { input, refusal, type Fields } from "../../contract/schema";
import { CertificateIssuer } from "../args";
import { certificateSignerSchema } from "../signer-schema";
import type { IssuedCertificatesArgs } from "./args";

/** A Service of the cluster's namespace. */
const serviceName = z.string().refine(
  (text) => /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text),
  refusal({
    reason: "is not a valid name of a Service",
    remedy:
      "Use the name alone, lower-case letters, digits and dashes; add other names to externalNames",
  }),
);

/** The schema of IssuedCertificatesArgs. */
export const clusterCertificatesSchema = z.strictObject({
  namespace: input(namespaceName),
  clusterName: z.string(),
  ca: certificateSignerSchema,
  poolers: z.array(serviceName).optional(),
  users: z.array(identifier).optional(),
  externalNames: z.array(externalName).optional(),
  additionalServices: z.array(serviceName).optional(),
  clusterDomain: dnsName.optional(),
  validityDays: days.optional(),
  renewBeforeDays: days.optional(),
  issuer: z.enum(CertificateIssuer).optional(),
} satisfies Fields<IssuedCertificatesArgs>);
