import { stackRule } from "../../engine/rule";
import { LOCALLY_SIGNED, SELF_SIGNED } from "../../engine/types";

export const signedOutlived = stackRule({
  name: "signed-outlived",
  group: "operations",
  description: "A certificate that Pulumi signs ends before its authority.",
  why: "A leaf of an authority that has ended is refused by everybody, on a day that nobody has noted.",
  remediation: "Set validityPeriodHours of the LocallySignedCert below that of the authority.",
  severity: "high",
  level: "mandatory",
  link: "https://www.pulumi.com/registry/packages/tls/api-docs/locallysignedcert/",
  type: LOCALLY_SIGNED,
  *judgeStack(stack) {
    for (const subject of stack.ofType(LOCALLY_SIGNED)) {
      const signer = stack
        .sourcesOf(subject, "caCertPem")
        .find(({ type }) => type === SELF_SIGNED || type === LOCALLY_SIGNED);
      const validity = subject.object.at("validityPeriodHours");
      const most = signer?.object.at("validityPeriodHours").number;
      if (most === undefined || (validity.number ?? 0) < most) continue;
      yield {
        subject,
        path: validity.path,
        value: validity.value,
        reason: `${signer?.name ?? "its authority"} ends after ${most} h`,
        remedy: "Set it to less than that",
      };
    }
  },
});
