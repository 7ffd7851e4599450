import { z } from "zod";
import { commonName, days } from "../../formats/certificates";
import { namespaceName, objectName } from "../../formats/names";
import { input, type Fields } from "../../contract/schema";
import { IssuerKind } from "../args";
import type {
  CertificateAuthorityArgs,
  CertManagerIssuerArgs,
  ExistingAuthorityArgs,
  IntermediateAuthorityArgs,
} from "./args";

const pem = input(z.string());

/** At least one day to be valid, and one to be renewed in. */
const authorityDays = z.int().min(2).max(36500);

/** The schema of CertificateAuthorityArgs, with the names that its objects get. */
export const certificateAuthoritySchema = z.strictObject({
  commonName: commonName.optional(),
  organization: commonName.optional(),
  validityDays: authorityDays.optional(),
  renewBeforeDays: days.optional(),
  intermediate: z
    .strictObject({
      commonName: commonName.optional(),
      validityDays: authorityDays.optional(),
      renewBeforeDays: days.optional(),
    } satisfies Fields<IntermediateAuthorityArgs>)
    .optional(),
  existing: z
    .strictObject({
      certificate: pem,
      privateKey: pem,
      parents: pem.optional(),
    } satisfies Fields<ExistingAuthorityArgs>)
    .optional(),
  trustedCertificates: z.array(pem).optional(),
  namespaces: z.array(namespaceName).optional(),
  secretName: objectName,
  certManager: z
    .strictObject({
      kind: z.enum(IssuerKind).optional(),
      namespace: input(namespaceName).optional(),
      issuerName: objectName,
    } satisfies Fields<CertManagerIssuerArgs>)
    .optional(),
  deletionProtection: z.boolean().optional(),
} satisfies Fields<CertificateAuthorityArgs>);
