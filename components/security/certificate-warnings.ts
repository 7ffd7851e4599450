import * as pulumi from "@pulumi/pulumi";
import { certificateOf, DAY, daysLeft, validity } from "../formats/pem";

/**
 * Warns of a certificate that is due for renewal and that this deployment does not renew, because it targets other
 * resources for example. Otherwise it is already renewed, and no longer due.
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
            `${what} is due for renewal and expires at ${until}: run \`pulumi up\` without --target.`,
            resource,
          )
        : undefined,
    );
}

/** Warns of an authority that its owner must renew, in the last tenth of its lifetime. */
export function warnBeforeEnd(what: string, certificate: pulumi.Output<string>): void {
  certificate.apply((pem) => {
    const read = certificateOf(pem);
    if (!read) return undefined;
    const { from, to } = validity(read);
    const life = (to.getTime() - from.getTime()) / DAY;
    const left = daysLeft(read);
    if (left > life / 10) return undefined;
    return pulumi.log.warn(
      `${what} expires in ${left} days: have it renewed, or use another one and add the old one to \`trustedCertificates\`.`,
    );
  });
}
