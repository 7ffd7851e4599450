import { z } from "zod";
import type { CertificateAuthorityArgs } from "../../components";
import { objectName } from "../../components/formats/names";
import { certificateAuthoritySchema } from "../../components/security/certificate-authority/schema";
import { clusterCertificatesSchema } from "../../components/security/cluster-certificates/schema";
import { leftToComponent } from "../left-to-component";

const issued = clusterCertificatesSchema.shape;

const authority = certificateAuthoritySchema.extend({
  secretName: objectName.optional(),
  existing: leftToComponent<CertificateAuthorityArgs["existing"]>(),
  certManager: certificateAuthoritySchema.shape.certManager
    .unwrap()
    .extend({ issuerName: objectName.optional() })
    .optional(),
});

/** The authority of a stack, and what it issues. */
export const certificates = z.strictObject({
  authority: authority
    .optional()
    .describe(
      "The authority. Its `existing.privateKey` is refused in plain text: `pulumi config set --secret --path " +
        "ha-postgres:certificates.authority.existing.privateKey`. Default: a root of ten years, made here.",
    ),
  issuer: issued.issuer,
  validityDays: issued.validityDays,
  renewBeforeDays: issued.renewBeforeDays,
  clusterDomain: issued.clusterDomain,
});

export type CertificatesConfig = z.output<typeof certificates>;
