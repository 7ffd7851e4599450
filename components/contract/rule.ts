import type { Violation } from "./violation";

/**
 * One rule of high availability, safety or fit. Rules are pure, so that a component's constructor and a policy pack
 * apply the same ones to a declaration.
 */
export interface Rule<in Values> {
  /** The rule's name in reports and in the policy pack: `failover-quorum`. */
  readonly name: string;
  /** One sentence that explains the rule. */
  readonly why: string;
  /**
   * Returns everything about the values that breaks the rule. Malformed values are missing: they are reported already.
   * `isMalformed` returns, for the path of an argument, whether it or a part of it is missing for that reason.
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
 * Violations of the rules, without those of malformed values. Each of PostgreSQL's parameters is reported only once: an
 * impossible value breaks several rules.
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
 * Violations at other paths than those of malformed values. A value that is malformed in part lacks that part here, and
 * would be reported for it again.
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
