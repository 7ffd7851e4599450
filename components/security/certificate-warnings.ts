import * as pulumi from "@pulumi/pulumi";
import { certificateOf, DAY, daysLeft, validity } from "../formats/pem";

/**
 * Warns of a certificate that is due and that this deployment leaves as it is, because it is aimed at other resources for
 * example. Otherwise it is renewed by now, and not due any more.
 */
export function warnWhenDue(
  resource: pulumi.Resource,
  what: string,
  certificate: { readyForRenewal: pulumi.Output<boolean>; validityEndTime: pulumi.Output<string> },
): void {
  pulumi
    .all([certificate.readyForRenewal, certificate.validityEndTime])
    .apply(([due, until]) =>
      due
        ? pulumi.log.warn(
            `${what} is due for renewal and ends at ${until}: run \`pulumi up\` without --target.`,
            resource,
          )
        : undefined,
    );
}

/** Warns of an authority that somebody else has to renew, in the last tenth of its life. */
export function warnBeforeEnd(what: string, certificate: pulumi.Output<string>): void {
  certificate.apply((pem) => {
    const read = certificateOf(pem);
    if (!read) return undefined;
    const { from, to } = validity(read);
    const life = (to.getTime() - from.getTime()) / DAY;
    const left = daysLeft(read);
    if (left > life / 10) return undefined;
    return pulumi.log.warn(
      `${what} ends in ${left} days: have it renewed, or give another one and the old one in \`trustedCertificates\`.`,
    );
  });
}
