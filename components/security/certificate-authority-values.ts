import { certificateAuthorityExisting } from "../rules/certificate-authority-existing";
import {
  certificateAuthorityLifetimes,
  intermediateLifetime,
  rootLifetime,
} from "../rules/certificate-authority-lifetimes";
import { certificateAuthorityShape } from "../rules/certificate-authority-shape";
import { certificateOf, daysLeft } from "../rules/certificate-pem";
import { ruleViolations } from "../rules/rule";
import { shapeViolations } from "../rules/shape";
import type { Violation } from "../rules/violation";
import type { CertificateAuthorityArgs } from "./certificate-authority-args";

/** Everything that is wrong with the arguments of the component of that name. */
export function certificateAuthorityViolations(
  name: string,
  args: CertificateAuthorityArgs,
): Violation[] {
  const named = {
    ...args,
    secretName: args.secretName ?? name,
    ...(args.certManager && {
      certManager: { ...args.certManager, issuerName: args.certManager.issuerName ?? name },
    }),
  };
  const malformed = shapeViolations(certificateAuthorityShape, named).map(withoutKey);
  return [
    ...malformed,
    ...ruleViolations(
      [certificateAuthorityExisting, certificateAuthorityLifetimes],
      named,
      malformed,
    ),
  ];
}

function withoutKey(violation: Violation): Violation {
  return violation.path === "existing.privateKey" ? { ...violation, value: "[secret]" } : violation;
}

/** Days that whoever issues has left at the least; not known while an existing authority is still to come. */
export function remainingDays(args: CertificateAuthorityArgs): number | undefined {
  const { intermediate, existing } = args;
  if (intermediate) return intermediateLifetime(intermediate).renewBeforeDays;
  if (!existing) return rootLifetime(args).renewBeforeDays;
  const certificate =
    typeof existing.certificate === "string" ? certificateOf(existing.certificate) : undefined;
  return certificate && daysLeft(certificate);
}
