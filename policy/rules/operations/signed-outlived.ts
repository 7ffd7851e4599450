import { stackRule } from "../../engine/rule";
import { LOCALLY_SIGNED, SELF_SIGNED } from "../../engine/types";

export const signedOutlived = stackRule({
  name: "signed-outlived",
  group: "operations",
  description: "A certificate that Pulumi signs expires before its authority.",
  why: "Clients refuse every certificate of an expired authority, all on the same day.",
  remediation: "Set validityPeriodHours of the LocallySignedCert below that of the authority.",
  severity: "high",
  level: "mandatory",
  link: "https://www.pulumi.com/registry/packages/tls/api-docs/locallysignedcert/",
  type: LOCALLY_SIGNED,
  *checkStack(stack) {
    for (const resource of stack.ofType(LOCALLY_SIGNED)) {
      const signer = stack
        .sourcesOf(resource, "caCertPem")
        .find(({ type }) => type === SELF_SIGNED || type === LOCALLY_SIGNED);
      const validity = resource.object.at("validityPeriodHours");
      const most = signer?.object.at("validityPeriodHours").number;
      if (most === undefined || (validity.number ?? 0) < most) continue;
      yield {
        resource,
        path: validity.path,
        value: validity.value,
        reason: `must be less than the ${most} h after which ${signer?.name ?? "its authority"} expires`,
        remedy: `Set it to less than ${most}`,
      };
    }
  },
});
