import { z } from "zod";
import { commonName, days } from "./certificate-formats";
import { namespaceName, objectName } from "./formats";
import { input } from "./shape";

const pem = input(z.string());

/** One day to be valid, and one to be renewed in. */
const authorityDays = z.int().min(2).max(36500);

/** The shape of CertificateAuthorityArgs, with the names that its objects get. */
export const certificateAuthorityShape = z.strictObject({
  commonName: commonName.optional(),
  organization: commonName.optional(),
  validityDays: authorityDays.optional(),
  renewBeforeDays: days.optional(),
  intermediate: z
    .strictObject({
      commonName: commonName.optional(),
      validityDays: authorityDays.optional(),
      renewBeforeDays: days.optional(),
    })
    .optional(),
  existing: z
    .strictObject({ certificate: pem, privateKey: pem, parents: pem.optional() })
    .optional(),
  trustedCertificates: z.array(pem).optional(),
  namespaces: z.array(namespaceName).optional(),
  secretName: objectName,
  certManager: z
    .strictObject({
      kind: z.enum(["ClusterIssuer", "Issuer"]).optional(),
      namespace: input(namespaceName).optional(),
      issuerName: objectName,
    })
    .optional(),
  deletionProtection: z.boolean().optional(),
});
