import { contract } from "../../contract/contract";
import { certificateOf, daysLeft } from "../../formats/pem";
import type { CertificateAuthorityArgs } from "./args";
import { certificateAuthorityExisting } from "./rules/existing";
import {
  certificateAuthorityLifetimes,
  intermediateLifetime,
  rootLifetime,
} from "./rules/lifetimes";
import { certificateAuthoritySchema } from "./schema";

/** The contract of CertificateAuthority. */
export const certificateAuthority = contract<CertificateAuthorityArgs>({
  component: "CertificateAuthority",
  schema: certificateAuthoritySchema,
  rules: [certificateAuthorityExisting, certificateAuthorityLifetimes],
  named: (args, name) => ({
    ...args,
    secretName: args.secretName ?? name,
    ...(args.certManager && {
      certManager: { ...args.certManager, issuerName: args.certManager.issuerName ?? name },
    }),
  }),
  secrets: /^existing\.privateKey$/,
});

/** Days that the issuing authority has left at least; undefined while an existing authority is not known yet. */
export function remainingDays(args: CertificateAuthorityArgs): number | undefined {
  const { intermediate, existing } = args;
  if (intermediate) return intermediateLifetime(intermediate).renewBeforeDays;
  if (!existing) return rootLifetime(args).renewBeforeDays;
  const certificate =
    typeof existing.certificate === "string" ? certificateOf(existing.certificate) : undefined;
  return certificate && daysLeft(certificate);
}
