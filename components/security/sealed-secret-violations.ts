import { labelsFree } from "../rules/labels-free";
import { ruleViolations } from "../rules/rule";
import { sealedSecretKeys } from "../rules/sealed-secret-keys";
import { sealedSecretShape } from "../rules/sealed-secret-shape";
import { sealedSecretSource } from "../rules/sealed-secret-source";
import { sealedSecretValues } from "../rules/sealed-secret-values";
import { shapeViolations } from "../rules/shape";
import type { Violation } from "../rules/violation";
import type { SealedSecretArgs } from "./sealed-secret-args";

/** Everything that is wrong with the arguments of the component of that name. */
export function sealedSecretViolations(name: string, args: SealedSecretArgs): Violation[] {
  const named = { ...args, secretName: args.secretName ?? name };
  const malformed = shapeViolations(sealedSecretShape, named).map(withoutValue);
  // The one label of the operator's domain that is the user's to set.
  const labels = Object.fromEntries(
    Object.entries(args.labels ?? {}).filter(([key]) => key !== "cnpg.io/reload"),
  );
  return [
    ...malformed,
    ...ruleViolations([sealedSecretSource, sealedSecretKeys, sealedSecretValues], named, malformed),
    ...ruleViolations([labelsFree], { labels }, malformed),
  ];
}

/** A number, say, in the place of a text is no less secret. */
function withoutValue(violation: Violation): Violation {
  return /^(data|encryptedData)\W/.test(violation.path)
    ? { ...violation, value: "[secret]" }
    : violation;
}
