import { parseDuration } from "../../../components/formats/durations";
import type { Part } from "../../engine/part";
import { at, stackRule, type StackViolation } from "../../engine/rule";
import type { Resource } from "../../engine/resource";
import { grouped, namespaceOf, nameOf, type Stack } from "../../engine/stack";
import { CERTIFICATE, ISSUERS } from "../../engine/types";

/** cert-manager's default, in hours. */
const DEFAULT_DURATION = 2160;

export const authorityOutlives = stackRule({
  name: "authority-outlives",
  group: "operations",
  description: "An authority outlives the certificates that it issues.",
  why: "Clients refuse every certificate of an expired authority, all on the same day.",
  remediation:
    "Set spec.duration of the authority's Certificate to twice the leaf's, and spec.renewBefore to the leaf's.",
  severity: "high",
  level: "mandatory",
  link: "https://cert-manager.io/docs/usage/certificate/",
  type: CERTIFICATE,
  *checkStack(stack) {
    const authorities = authoritiesByIssuer(stack);
    for (const leaf of stack.ofType(CERTIFICATE)) {
      const authority = authorities.get(issuerOf(leaf));
      if (authority && authority.urn !== leaf.urn) yield* outlived(leaf, authority);
    }
  },
});

function* outlived(resource: Resource, authority: Resource): Generator<StackViolation> {
  const declared = resource.object.at("spec", "duration");
  const duration = hours(declared) ?? DEFAULT_DURATION;
  const spec = authority.object.at("spec");
  const whole = hours(spec.at("duration")) ?? DEFAULT_DURATION;
  // By default cert-manager renews when a third is left.
  const renewed = hours(spec.at("renewBefore")) ?? whole / 3;
  if (duration >= whole) {
    const reason = `${authority.name} expires after ${whole} h, and its last certificates would outlive it`;
    yield { resource, ...at(declared, reason, `Set it to "${Math.floor(whole / 3)}h" or less`) };
  } else if (duration > renewed) {
    const reason = `${authority.name} is renewed ${renewed} h before it expires, and a certificate from just before that would outlive it`;
    yield { resource, ...at(declared, reason, `Set it to "${Math.floor(renewed)}h" or less`) };
  }
}

/** The Certificate that each issuer signs with. */
function authoritiesByIssuer(stack: Stack): Map<string, Resource> {
  const certificates = grouped(
    stack.ofType(CERTIFICATE).filter(({ object }) => object.at("spec", "isCA").flag === true),
    ({ object }) => object.at("spec", "secretName").text,
  );
  return new Map(
    stack.ofType(...ISSUERS).flatMap((issuer) => {
      const secret = issuer.object.at("spec", "ca", "secretName").text;
      const isCluster = issuer.type.endsWith(":ClusterIssuer");
      const authority = certificates
        .get(secret)
        ?.find((one) => isCluster || namespaceOf(one) === namespaceOf(issuer));
      if (secret === undefined || !authority) return [];
      const kind = isCluster ? "ClusterIssuer" : "Issuer";
      const namespace = isCluster ? "" : namespaceOf(issuer);
      return [[`${kind}/${namespace}/${nameOf(issuer) ?? ""}`, authority] as const];
    }),
  );
}

function issuerOf(leaf: Resource): string {
  const reference = leaf.object.at("spec", "issuerRef");
  const kind = reference.at("kind").text ?? "Issuer";
  const namespace = kind === "ClusterIssuer" ? "" : namespaceOf(leaf);
  return `${kind}/${namespace}/${reference.at("name").text ?? ""}`;
}

/** `2160h` or `2160h0m0s`. */
function hours(part: Part): number | undefined {
  const seconds = parseDuration(part.text ?? "");
  return seconds === undefined ? undefined : seconds / 3600;
}
