import type { Violation } from "./violation";

/**
 * One rule of high availability, safety or fit. Rules are pure, so that a component's constructor and a policy pack
 * hold a declaration to the same ones.
 */
export interface Rule<in Values> {
  /** What the rule is called, in reports and in the policy pack: `failover-quorum`. */
  readonly name: string;
  /** Why the rule exists, in one sentence. */
  readonly why: string;
  /**
   * Everything about the values that breaks the rule. A value that is malformed is not there: its shape is reported already.
   * `isMalformed` tells by the path of an argument whether that is why it, or a part of it, is missing.
   */
  check(values: Values, isMalformed?: IsMalformed): Violation[];
}

export type IsMalformed = (path: string) => boolean;

/** A rule over the values that the parameter of `check` names. */
export function rule<Values>(definition: {
  name: string;
  why: string;
  check: (values: Values, isMalformed: IsMalformed) => Iterable<Violation>;
}): Rule<Values> {
  const { name, why, check } = definition;
  return {
    name,
    why,
    check: (values, isMalformed = () => false) => [...check(values, isMalformed)],
  };
}

/**
 * What the rules have to say, beside what is malformed. Of one of PostgreSQL's parameters the first word is enough: a value
 * that cannot be is so in the eyes of several.
 */
export function ruleViolations<Values>(
  rules: readonly Rule<Values>[],
  values: Values,
  malformed: readonly Violation[] = [],
): Violation[] {
  const found = beside(
    malformed,
    rules.flatMap((candidate) =>
      candidate.check(
        values,
        (path) => isReported(malformed, path) || isReportedWithin(malformed, path),
      ),
    ),
  );
  const isRepeated = (path: string, index: number) =>
    /^parameters\W/.test(path) && found.findIndex((other) => other.path === path) < index;
  return found.filter(({ path }, index) => !isRepeated(path, index));
}

/**
 * Violations at other places than what is malformed. What is malformed in part lacks that part by now, and would be reported
 * for it again.
 */
export function beside(
  malformed: readonly Violation[],
  violations: readonly Violation[],
): Violation[] {
  const isShownWhole = (value: unknown) => typeof value === "object" || value === undefined;
  return violations.filter(
    ({ path, value }) =>
      !isReported(malformed, path) && !(isShownWhole(value) && isReportedWithin(malformed, path)),
  );
}

function isReported(violations: readonly Violation[], path: string): boolean {
  return violations.some((known) => known.path === path);
}

function isReportedWithin(violations: readonly Violation[], path: string): boolean {
  return violations.some(
    (known) => known.path.startsWith(`${path}.`) || known.path.startsWith(`${path}[`),
  );
}
