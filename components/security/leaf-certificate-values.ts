import { certificateIssuerThere } from "../rules/certificate-issuer-there";
import { labelsFree } from "../rules/labels-free";
import { leafCertificateLifetime } from "../rules/leaf-certificate-lifetime";
import { leafCertificateNames } from "../rules/leaf-certificate-names";
import { leafCertificateShape } from "../rules/leaf-certificate-shape";
import { ruleViolations } from "../rules/rule";
import { shapeViolations } from "../rules/shape";
import type { Violation } from "../rules/violation";
import type { LeafCertificateArgs } from "./leaf-certificate-args";

/** Everything that is wrong with the arguments of the component of that name. */
export function leafCertificateViolations(name: string, args: LeafCertificateArgs): Violation[] {
  const named = { ...args, secretName: args.secretName ?? name };
  const malformed = shapeViolations(leafCertificateShape, named).map(withoutKey);
  // The one label of the operator's domain that is the user's to set.
  const labels = Object.fromEntries(
    Object.entries(args.labels ?? {}).filter(([key]) => key !== RELOAD_LABEL),
  );
  return [
    ...malformed,
    ...ruleViolations(
      [leafCertificateLifetime, leafCertificateNames, certificateIssuerThere],
      named,
      malformed,
    ),
    ...ruleViolations([labelsFree], { labels }, malformed),
  ];
}

/** What makes CloudNativePG take over a changed Secret at once, without a restart. */
export const RELOAD_LABEL = "cnpg.io/reload";

/** A number, say, in the place of a key is no less secret. */
export function withoutKey(violation: Violation): Violation {
  return violation.path === "ca.privateKey" ? { ...violation, value: "[secret]" } : violation;
}
