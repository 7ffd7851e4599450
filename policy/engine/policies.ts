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
import type { Subject } from "./subject";
import { valuesOf } from "./settings";
import { namespaceOf, sharedSubjectOf, Stack, subjectOf } from "./stack";

/** A rule as CrossGuard takes it. */
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
        description: "Namespaces whose objects this rule leaves alone",
      },
    },
  };
}

function resourceValidation(rule: ResourceRule) {
  const validate = (args: ResourceValidationArgs, report: ReportViolation) => {
    if (!rule.types.includes(args.type)) return;
    const subject = sharedSubjectOf(args);
    const config = args.getConfig();
    const found = () => rule.judge(subject, valuesOf(rule.settings, config));
    for (const violation of violationsOf(found))
      reportUnlessExempt(violation, subject, config, report);
  };
  // What the library looks for before it unpacks a resource: a rule of one type costs others nothing.
  return rule.types.length === 1
    ? Object.assign(validate, { __pulumiType: rule.types[0] })
    : validate;
}

function stackValidation(rule: StackRule) {
  const validate = (args: StackValidationArgs, report: ReportViolation) => {
    const stack = new Stack(args.resources);
    const config = args.getConfig();
    const found = () => rule.judgeStack(stack, valuesOf(rule.settings, config));
    for (const violation of violationsOf(found)) {
      const subject = "subject" in violation ? violation.subject : stack.withUrn(violation.owner);
      reportUnlessExempt(violation, subject, config, (message) => {
        report(message, subject?.urn);
      });
    }
  };
  return Object.assign(validate, { __pulumiType: rule.type });
}

function resourceRemediation(rule: ResourceRule) {
  return (args: ResourceValidationArgs) => {
    const { types, settings, remediate } = rule;
    if (!remediate || !types.includes(args.type)) return undefined;
    // Read anew: another rule may have mended it.
    const subject = subjectOf(args);
    const config = args.getConfig();
    const values = valuesOf(settings, config);
    const violations = [...violationsOf(() => rule.judge(subject, values))];
    // What is malformed is nobody's to guess.
    const isClear = violations.every((violation) => !("owner" in violation));
    if (violations.length === 0 || !isClear || isExempt(subject, config)) return undefined;
    remediate(args.props, values);
    return args.props;
  };
}

/** One at a time, so that what was found before a value that is still to come is reported all the same. */
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
      reason: `it has to be of type ${expected}, and nothing that depends on it can be judged`,
      remedy: `Give ${article} ${expected}`,
      owner,
    };
  }
}

function reportUnlessExempt(
  violation: Violation,
  subject: Subject | undefined,
  config: object,
  report: (message: string) => void,
): void {
  if (!subject) {
    report(describe(violation));
    return;
  }
  if (isExempt(subject, config)) return;
  report(describe(violation) + expired(subject, config));
}

function isExempt(subject: Subject, config: object): boolean {
  const { exemptions, exemptNamespaces } = config as Record<string, unknown>;
  if (exemptionOf(exemptions, subject, today())?.isOver === false) return true;
  // A namespace of another type is for the API server to refuse, and no reason to leave the object alone.
  const namespaces: unknown[] = Array.isArray(exemptNamespaces) ? exemptNamespaces : [];
  return (
    namespaces.length > 0 &&
    namespaces.includes(unlessMalformed(() => namespaceOf(subject), undefined))
  );
}

function expired(subject: Subject, config: object): string {
  const found = exemptionOf((config as Record<string, unknown>)["exemptions"], subject, today());
  if (!found) return "";
  const { expires = "", reason } = found.exemption;
  return ` (An exemption ended on ${expires}: ${reason})`;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
