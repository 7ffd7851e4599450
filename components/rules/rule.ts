import { z } from "zod";
import type { Violation } from "./violation";

/**
 * One rule of high availability, safety or fit. Rules are pure, so that a component's constructor and a policy pack
 * hold a declaration to the same ones.
 */
export interface Rule {
  /** What the rule is called, in reports and in the policy pack: `failover-quorum`. */
  readonly name: string;
  /** Why the rule exists, in one sentence. */
  readonly why: string;
  /** Everything about `subject` that breaks the rule. Takes anything and never throws. */
  check(subject: unknown): Violation[];
}

/**
 * A rule over the part of a declaration that `subject` names. A field of another shape counts as not set: its shape
 * is somebody else's finding, and a rule that judged it would report the same mistake twice.
 */
export function rule<S extends z.ZodObject>(definition: {
  name: string;
  why: string;
  subject: S;
  judge: (subject: z.output<S>) => Violation[];
}): Rule {
  const { name, why, subject, judge } = definition;
  return {
    name,
    why,
    check(declared) {
      const parsed = subject.safeParse(declared);
      return parsed.success ? judge(parsed.data) : [];
    },
  };
}

/** A field that a rule reads when it has the right shape, and otherwise takes as not set. */
export function maybe<S extends z.ZodType>(schema: S) {
  return schema.optional().catch(undefined);
}

/**
 * What the rules have to say, less the paths that are already known to be malformed. Of one of PostgreSQL's parameters the
 * first word is enough: a value that cannot be is so in the eyes of several.
 */
export function ruleViolations(
  rules: readonly Rule[],
  subject: unknown,
  malformed: readonly Violation[] = [],
): Violation[] {
  const known = new Set(malformed.map(({ path }) => path));
  const found = rules
    .flatMap((candidate) => candidate.check(subject))
    .filter(({ path }) => !known.has(path));
  const isRepeated = (path: string, index: number) =>
    /^parameters\W/.test(path) && found.findIndex((other) => other.path === path) < index;
  return found.filter(({ path }, index) => !isRepeated(path, index));
}
