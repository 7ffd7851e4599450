import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { passwordAgeDays } from "../../formats/durations";
import type { PasswordRotationArgs } from "./args";

const DAY = 24 * 60 * 60 * 1000;

/**
 * A generated password. Its version, and how often its maximum age has passed, are its keepers: with other ones Pulumi
 * replaces it, and a preview shows which of them changed. The first password has none.
 */
export function createPassword(
  parent: pulumi.Resource,
  name: string,
  whose: string,
  { passwordVersion = 1, passwordMaxAge }: PasswordRotationArgs,
): pulumi.Output<string> {
  const days = passwordAgeDays(passwordMaxAge ?? "");
  const since = days === undefined ? undefined : createClock(parent, name, passwordVersion);
  const periods = since?.apply((begin) => {
    const age = (Date.now() - begin) / DAY;
    warnBefore(parent, whose, begin, age, days ?? 0);
    return Math.floor(age / (days ?? 0));
  });
  const password = new random.RandomPassword(
    name,
    {
      // Letters and digits only: the password is in URIs, which would have to escape others.
      length: 32,
      special: false,
      keepers: keepersOf(passwordVersion, periods),
    },
    { parent },
  );
  // Pulumi's mocks, with which programs are tested, know none.
  return password.result.apply((known: string | undefined) => known ?? "");
}

type Keepers = Record<string, string> | undefined;

function keepersOf(
  version: number,
  periods: pulumi.Output<number> | undefined,
): pulumi.Input<NonNullable<Keepers>> | undefined {
  const byVersion: Keepers = version > 1 ? { passwordVersion: String(version) } : undefined;
  if (periods === undefined) return byVersion;
  const byBoth = periods.apply<Keepers>((count) =>
    count === 0 ? byVersion : { ...byVersion, passwordMaxAgeReached: String(count) },
  );
  // An Output of undefined is left out, which the types of a resource's arguments do not tell.
  return byBoth as pulumi.Output<NonNullable<Keepers>>;
}

/**
 * The time of the first deployment, in milliseconds: a Pulumi program has no other memory than the inputs of a resource
 * that no later run changes. Another version of the password has a clock of its own.
 */
function createClock(
  parent: pulumi.Resource,
  name: string,
  version: number,
): pulumi.Output<number> {
  const now = new Date().toISOString();
  const { keepers } = new random.RandomId(
    `${name}-${version}-since`,
    { byteLength: 1, keepers: { since: now } },
    { parent, ignoreChanges: ["keepers"] },
  );
  return keepers.apply((kept) => Date.parse(kept?.["since"] ?? now));
}

/** Warns in the last tenth of the time until the next password. */
function warnBefore(
  parent: pulumi.Resource,
  whose: string,
  begin: number,
  age: number,
  days: number,
): void {
  const left = days - (age % days);
  if (left > days / 10) return;
  const end = new Date(begin + (age + left) * DAY).toISOString();
  void pulumi.log.warn(
    `${whose}: \`pulumi up\` generates another password from ${end} on, ${days} days after the last one. ` +
      "Applications then need the new content of its Secret for their next connection.",
    parent,
  );
}
