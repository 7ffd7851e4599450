import { certificateIssuerThere } from "../rules/certificate-issuer-there";
import { clusterCertificatesNames } from "../rules/cluster-certificates-names";
import { clusterCertificatesShape } from "../rules/cluster-certificates-shape";
import { clusterNameFits } from "../rules/cluster-name";
import { leafCertificateLifetime } from "../rules/leaf-certificate-lifetime";
import { ruleViolations, type Rule } from "../rules/rule";
import { shapeViolations } from "../rules/shape";
import type { Violation } from "../rules/violation";
import type { IssuedCertificatesArgs } from "./cluster-certificates-args";
import { withoutKey } from "./leaf-certificate-values";

const RULES: readonly Rule[] = [
  clusterNameFits,
  clusterCertificatesNames,
  leafCertificateLifetime,
  certificateIssuerThere,
];

/** Everything that is wrong with the arguments. */
export function clusterCertificatesViolations(args: IssuedCertificatesArgs): Violation[] {
  const malformed = shapeViolations(clusterCertificatesShape, args).map(withoutKey);
  return [...malformed, ...ruleViolations(RULES, args, malformed)];
}
