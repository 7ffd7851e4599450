import type { Severity } from "@pulumi/policy";
import type { Violation } from "../../components/contract/violation";
import type { Part } from "./part";
import type { Settings, Values } from "./settings";
import type { Stack } from "./stack";
import type { Subject } from "./subject";

export const GROUPS = [
  ...(["ha", "storage", "backup", "security"] as const),
  ...(["resources", "pooler", "operations"] as const),
];
export type Group = (typeof GROUPS)[number];

/** `mandatory` stops the deployment, `advisory` warns, `disabled` has to be asked for by configuration. */
export type Level = "mandatory" | "advisory" | "disabled";

/** What a rule is to those who read it. */
export interface Description {
  readonly name: string;
  readonly group: Group;
  /** What is asked, in one sentence. */
  readonly description: string;
  /** Why it matters, in one sentence. */
  readonly why: string;
  /** The field to set, and to what. */
  readonly remediation: string;
  readonly severity: Severity;
  /** In the profile `prod`. */
  readonly level: Level;
  /** The documentation of the project that the rule is about. */
  readonly link: string;
}

export interface ResourceRule<S extends Settings = Settings> extends Description {
  /** Types of the resources that it judges. With one alone the others cost nothing. */
  readonly types: readonly string[];
  readonly settings: S;
  judge(subject: Subject, values: Values<S>): Iterable<Violation>;
  /** Mends the properties in place where that is safe. Runs only where the rule is configured as `remediate`. */
  readonly remediate?: (properties: Record<string, unknown>, values: Values<S>) => void;
}

/** A violation, and the resource that can be changed to mend it. */
export interface StackViolation extends Violation {
  readonly subject: Subject;
}

export interface StackRule<S extends Settings = Settings> extends Description {
  /** The type of resource without which there is nothing to judge. */
  readonly type: string;
  readonly settings: S;
  judgeStack(stack: Stack, values: Values<S>): Iterable<StackViolation>;
}

export type AnyRule = ResourceRule | StackRule;

/** Settings may be left out. */
type Definition<R extends { settings: unknown }> = Omit<R, "settings"> &
  Partial<Pick<R, "settings">>;

export function resourceRule<const S extends Settings = Readonly<Record<string, never>>>(
  definition: Definition<ResourceRule<S>>,
): ResourceRule {
  return { settings: {}, ...definition } as unknown as ResourceRule;
}

export function stackRule<const S extends Settings = Readonly<Record<string, never>>>(
  definition: Definition<StackRule<S>>,
): StackRule {
  return { settings: {}, ...definition };
}

export function isStackRule(rule: AnyRule): rule is StackRule {
  return "judgeStack" in rule;
}

/** A violation at a part of what is declared. */
export function at(part: Part, reason: string, remedy: string): Violation {
  return { path: part.path, value: part.value, reason, remedy };
}
