import { ruleViolations } from "../rules/rule";
import { s3CompatibleStoreCredentials } from "../rules/s3-compatible-store-credentials";
import { s3CompatibleStoreEndpoint } from "../rules/s3-compatible-store-endpoint";
import { s3CompatibleStoreShape } from "../rules/s3-compatible-store-shape";
import { shapeViolations } from "../rules/shape";
import type { Violation } from "../rules/violation";
import type { S3CompatibleStoreArgs } from "./s3-compatible-store-args";

/** Everything that is wrong with the arguments of the component of that name. */
export function s3CompatibleStoreViolations(
  name: string,
  args: S3CompatibleStoreArgs,
): Violation[] {
  const named = { ...args, secretName: args.secretName ?? name };
  const malformed = shapeViolations(s3CompatibleStoreShape, named).map(withoutSecrets);
  return [
    ...malformed,
    ...ruleViolations([s3CompatibleStoreEndpoint, s3CompatibleStoreCredentials], named, malformed),
  ];
}

/** An address may have a password in it, and a number in the place of a key is no less secret. */
function withoutSecrets(violation: Violation): Violation {
  const { path, value } = violation;
  if (/^credentials\b/.test(path)) return { ...violation, value: "[secret]" };
  return typeof value === "string" && /^https?:\/\/[^/]*@/.test(value)
    ? { ...violation, value: value.replace(/\/\/[^/]*@/, "//[secret]@") }
    : violation;
}
