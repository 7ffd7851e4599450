import { z } from "zod";
import { certificateOf, daysLeft } from "./certificate-pem";
import { maybe, rule } from "./rule";
import type { Violation } from "./violation";

/** Days of an authority's certificate, and how many before its end it is renewed. */
export interface AuthorityLifetime {
  validityDays: number;
  renewBeforeDays: number;
}

interface DeclaredLifetime {
  validityDays?: number;
  renewBeforeDays?: number;
}

/** The root's, with the defaults: renewed so early that whatever it issues ends first. */
export function rootLifetime(
  declared: DeclaredLifetime & { intermediate?: DeclaredLifetime },
): AuthorityLifetime {
  const { validityDays = 3650, renewBeforeDays, intermediate } = declared;
  const outlived = intermediate && intermediateLifetime(intermediate).validityDays;
  return { validityDays, renewBeforeDays: renewBeforeDays ?? outlived ?? part(validityDays, 10) };
}

/** The intermediate's, with the defaults. */
export function intermediateLifetime({
  validityDays = 1825,
  renewBeforeDays = part(validityDays, 5),
}: DeclaredLifetime): AuthorityLifetime {
  return { validityDays, renewBeforeDays };
}

const lifetime = {
  validityDays: maybe(z.int().min(2)),
  renewBeforeDays: maybe(z.int().min(1)),
};

export const certificateAuthorityLifetimes = rule({
  name: "certificate-authority-lifetimes",
  why: "What an authority issues ends before the authority does.",
  subject: z.object({
    ...lifetime,
    intermediate: maybe(z.object(lifetime)),
    existing: maybe(z.object({ certificate: maybe(z.string()) })),
  }),
  judge: ({ existing, intermediate, ...root }) => [
    ...(existing ? [] : renewedAtOnce("renewBeforeDays", rootLifetime(root))),
    ...(intermediate
      ? [
          ...renewedAtOnce("intermediate.renewBeforeDays", intermediateLifetime(intermediate)),
          ...(existing
            ? outlivesExisting(intermediateLifetime(intermediate), existing.certificate)
            : outlivesRoot(intermediateLifetime(intermediate), root)),
        ]
      : []),
  ],
});

function outlivesRoot({ validityDays }: AuthorityLifetime, root: DeclaredLifetime): Violation[] {
  const found = { path: "intermediate.validityDays", value: validityDays };
  const { validityDays: ofRoot } = rootLifetime(root);
  if (validityDays >= ofRoot) {
    return [
      {
        ...found,
        reason: `the root is valid for ${ofRoot} days, and an intermediate has to end before it`,
        remedy: `Use less than ${ofRoot}, half of it for example`,
      },
    ];
  }
  if (root.renewBeforeDays === undefined || validityDays <= root.renewBeforeDays) return [];
  return [
    {
      ...found,
      reason: `the root is renewed ${root.renewBeforeDays} days before its end, and an intermediate from just before that would outlive it`,
      remedy: `Use ${root.renewBeforeDays} or less, or leave out renewBeforeDays of the root`,
    },
  ];
}

/** Nobody here renews an authority that exists: what counts is the time that is left to it. */
function outlivesExisting({ validityDays }: AuthorityLifetime, pem: string | undefined) {
  const existing = pem === undefined ? undefined : certificateOf(pem);
  if (!existing || validityDays <= daysLeft(existing)) return [];
  return [
    {
      path: "intermediate.validityDays",
      value: validityDays,
      reason: `the existing authority ends in ${daysLeft(existing)} days, and an intermediate has to end before it`,
      remedy: `Use ${daysLeft(existing)} or less, or an authority that lives longer`,
    },
  ];
}

function renewedAtOnce(
  path: string,
  { validityDays, renewBeforeDays }: AuthorityLifetime,
): Violation[] {
  if (renewBeforeDays < validityDays) return [];
  return [
    {
      path,
      value: renewBeforeDays,
      reason: `a certificate of ${validityDays} days would be renewed by every deployment`,
      remedy: `Use less than ${validityDays}, the days that it is valid`,
    },
  ];
}

function part(days: number, of: number): number {
  return Math.ceil(days / of);
}
