import type {
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { describe, type Violation } from "../../components/contract/violation";
import { EXEMPTIONS_SCHEMA, exemptionOf } from "./exemptions";
import { Malformed, unlessMalformed } from "./part";
import { type AnyRule, isStackRule, type ResourceRule, type StackRule } from "./rule";
import type { Resource } from "./resource";
import { valuesOf } from "./settings";
import { namespaceOf, sharedResourceOf, Stack, resourceOf } from "./stack";

/** A rule as a policy of CrossGuard. */
export function policyOf(rule: AnyRule): ResourceValidationPolicy | StackValidationPolicy {
  const { name, description, why, remediation, severity, level, link } = rule;
  const described = {
    name,
    description: `${description} ${why}`,
    remediationSteps: remediation,
    severity,
    enforcementLevel: level,
    url: link,
    tags: [rule.group],
    configSchema: configSchema(rule),
  };
  if (isStackRule(rule)) return { ...described, validateStack: stackValidation(rule) };
  return {
    ...described,
    validateResource: resourceValidation(rule),
    ...(rule.remediate && { remediateResource: resourceRemediation(rule) }),
  };
}

function configSchema({ settings }: AnyRule): PolicyConfigSchema {
  const own = Object.entries(settings).map(([name, { schema }]) => [name, schema] as const);
  return {
    properties: {
      ...Object.fromEntries(own),
      exemptions: EXEMPTIONS_SCHEMA,
      exemptNamespaces: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Namespaces whose objects this rule ignores",
      },
    },
  };
}

function resourceValidation(rule: ResourceRule) {
  const validate = (args: ResourceValidationArgs, report: ReportViolation) => {
    if (!rule.types.includes(args.type)) return;
    const resource = sharedResourceOf(args);
    const config = args.getConfig();
    const found = () => rule.check(resource, valuesOf(rule.settings, config));
    for (const violation of violationsOf(found))
      reportUnlessExempt(violation, resource, config, report);
  };
  // The library reads this before it unpacks a resource: a rule for one type costs nothing for others.
  return rule.types.length === 1
    ? Object.assign(validate, { __pulumiType: rule.types[0] })
    : validate;
}

function stackValidation(rule: StackRule) {
  const validate = (args: StackValidationArgs, report: ReportViolation) => {
    const stack = new Stack(args.resources);
    const config = args.getConfig();
    const found = () => rule.checkStack(stack, valuesOf(rule.settings, config));
    for (const violation of violationsOf(found)) {
      const resource =
        "resource" in violation ? violation.resource : stack.withUrn(violation.owner);
      reportUnlessExempt(violation, resource, config, (message) => {
        report(message, resource?.urn);
      });
    }
  };
  return Object.assign(validate, { __pulumiType: rule.type });
}

function resourceRemediation(rule: ResourceRule) {
  return (args: ResourceValidationArgs) => {
    const { types, settings, remediate } = rule;
    if (!remediate || !types.includes(args.type)) return undefined;
    // Read again: another rule may have changed it.
    const resource = resourceOf(args);
    const config = args.getConfig();
    const values = valuesOf(settings, config);
    const violations = [...violationsOf(() => rule.check(resource, values))];
    // A malformed value is not guessed.
    const isClear = violations.every((violation) => !("owner" in violation));
    if (violations.length === 0 || !isClear || isExempt(resource, config)) return undefined;
    remediate(args.props, values);
    return args.props;
  };
}

/** One at a time, so that violations found before a value that is not known yet are still reported. */
function* violationsOf<V extends Violation>(
  found: () => Iterable<V>,
): Generator<V | (Violation & { owner: string })> {
  try {
    yield* found();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const { path, value, expected, owner } = error;
    const article = /^[aeiou]/.test(expected) ? "an" : "a";
    yield {
      path,
      value,
      reason: `must be ${article} ${expected}, and nothing that depends on it can be checked`,
      remedy: `Use ${article} ${expected}`,
      owner,
    };
  }
}

function reportUnlessExempt(
  violation: Violation,
  resource: Resource | undefined,
  config: object,
  report: (message: string) => void,
): void {
  if (!resource) {
    report(describe(violation));
    return;
  }
  if (isExempt(resource, config)) return;
  report(describe(violation) + expired(resource, config));
}

function isExempt(resource: Resource, config: object): boolean {
  const { exemptions, exemptNamespaces } = config as Record<string, unknown>;
  if (exemptionOf(exemptions, resource, today())?.isOver === false) return true;
  // A namespace of another type is refused by the API server and does not exempt the object.
  const namespaces: unknown[] = Array.isArray(exemptNamespaces) ? exemptNamespaces : [];
  return (
    namespaces.length > 0 &&
    namespaces.includes(unlessMalformed(() => namespaceOf(resource), undefined))
  );
}

function expired(resource: Resource, config: object): string {
  const found = exemptionOf((config as Record<string, unknown>)["exemptions"], resource, today());
  if (!found) return "";
  const { expires = "", reason } = found.exemption;
  return ` (An exemption ended on ${expires}: ${reason})`;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
