import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../contract/rule";
import type { Violation } from "../../../contract/violation";
import { certificateOf, daysLeft } from "../../../formats/pem";
import type { CertificateAuthorityArgs } from "../args";

/** Days that an authority's certificate is valid, and days before its expiry from which it is renewed. */
export interface AuthorityLifetime {
  validityDays: number;
  renewBeforeDays: number;
}

interface DeclaredLifetime {
  validityDays?: number;
  renewBeforeDays?: number;
}

/** Returns the root's lifetime with the defaults: it is renewed so early that everything it issues expires first. */
export function rootLifetime(
  declared: DeclaredLifetime & { intermediate?: DeclaredLifetime },
): AuthorityLifetime {
  const { validityDays = 3650, renewBeforeDays, intermediate } = declared;
  const outlived = intermediate && intermediateLifetime(intermediate).validityDays;
  return { validityDays, renewBeforeDays: renewBeforeDays ?? outlived ?? part(validityDays, 10) };
}

/** Returns the intermediate's lifetime with the defaults. */
export function intermediateLifetime({
  validityDays = 1825,
  renewBeforeDays = part(validityDays, 5),
}: DeclaredLifetime): AuthorityLifetime {
  return { validityDays, renewBeforeDays };
}

type Lifetimes = Pick<
  CertificateAuthorityArgs,
  "validityDays" | "renewBeforeDays" | "intermediate" | "existing"
>;

export const certificateAuthorityLifetimes = rule({
  name: "certificate-authority-lifetimes",
  why: "Certificates expire before the authority that issues them.",
  *check({ existing, intermediate, ...root }: Lifetimes) {
    if (!existing) yield* renewedAtOnce("renewBeforeDays", rootLifetime(root));
    if (!intermediate) return;
    const lifetime = intermediateLifetime(intermediate);
    yield* renewedAtOnce("intermediate.renewBeforeDays", lifetime);
    yield* existing
      ? outlivesExisting(lifetime, existing.certificate)
      : outlivesRoot(lifetime, root);
  },
});

function* outlivesRoot(
  { validityDays }: AuthorityLifetime,
  root: DeclaredLifetime,
): Generator<Violation> {
  const found = { path: "intermediate.validityDays", value: validityDays };
  const { validityDays: ofRoot } = rootLifetime(root);
  if (validityDays >= ofRoot) {
    yield {
      ...found,
      reason: `the root is valid for ${ofRoot} days, and an intermediate must expire before it`,
      remedy: `Use less than ${ofRoot}, half of it for example`,
    };
  } else if (root.renewBeforeDays !== undefined && validityDays > root.renewBeforeDays) {
    yield {
      ...found,
      reason: `the root is renewed ${root.renewBeforeDays} days before it expires, and an intermediate issued just before that would outlive it`,
      remedy: `Use ${root.renewBeforeDays} or less, or remove renewBeforeDays of the root`,
    };
  }
}

/** An existing authority is not renewed here: only its remaining time counts. */
function* outlivesExisting(
  { validityDays }: AuthorityLifetime,
  pem: pulumi.Input<string>,
): Generator<Violation> {
  const existing = typeof pem === "string" ? certificateOf(pem) : undefined;
  if (!existing || validityDays <= daysLeft(existing)) return;
  yield {
    path: "intermediate.validityDays",
    value: validityDays,
    reason: `the existing authority expires in ${daysLeft(existing)} days, and an intermediate must expire before it`,
    remedy: `Use ${daysLeft(existing)} or less, or an authority that expires later`,
  };
}

function* renewedAtOnce(
  path: string,
  { validityDays, renewBeforeDays }: AuthorityLifetime,
): Generator<Violation> {
  if (renewBeforeDays < validityDays) return;
  yield {
    path,
    value: renewBeforeDays,
    reason: `a certificate of ${validityDays} days would be renewed by every deployment`,
    remedy: `Use less than ${validityDays}, the days that it is valid`,
  };
}

function part(days: number, of: number): number {
  return Math.ceil(days / of);
}
