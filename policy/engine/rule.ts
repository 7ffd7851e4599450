import type { Severity } from "@pulumi/policy";
import type { Violation } from "../../components/contract/violation";
import type { Part } from "./part";
import type { Settings, Values } from "./settings";
import type { Stack } from "./stack";
import type { Resource } from "./resource";

export const GROUPS = [
  "ha",
  "storage",
  "backup",
  "security",
  "resources",
  "pooler",
  "operations",
] as const;
export type Group = (typeof GROUPS)[number];

/** `mandatory` stops the deployment, `advisory` warns, `disabled` rules must be enabled by configuration. */
export type Level = "mandatory" | "advisory" | "disabled";

/** The documentation of a rule. */
export interface Description {
  readonly name: string;
  readonly group: Group;
  /** The requirement, in one sentence. */
  readonly description: string;
  /** The reason for it, in one sentence. */
  readonly why: string;
  /** The field to set, and its value. */
  readonly remediation: string;
  readonly severity: Severity;
  /** The level in the profile `prod`. */
  readonly level: Level;
  /** The documentation of the project that the rule is about. */
  readonly link: string;
}

export interface ResourceRule<S extends Settings = Settings> extends Description {
  /** Types of the resources that it checks. A rule with one type costs nothing for others. */
  readonly types: readonly string[];
  readonly settings: S;
  check(resource: Resource, values: Values<S>): Iterable<Violation>;
  /** Fixes the properties in place where that is safe. Runs only if the rule is configured as `remediate`. */
  readonly remediate?: (properties: Record<string, unknown>, values: Values<S>) => void;
}

/** A violation, and the resource that can be changed to fix it. */
export interface StackViolation extends Violation {
  readonly resource: Resource;
}

export interface StackRule<S extends Settings = Settings> extends Description {
  /** The type of resource without which there is nothing to check. */
  readonly type: string;
  readonly settings: S;
  checkStack(stack: Stack, values: Values<S>): Iterable<StackViolation>;
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
  return "checkStack" in rule;
}

/** A violation at a part of a declared object. */
export function at(part: Part, reason: string, remedy: string): Violation {
  return { path: part.path, value: part.value, reason, remedy };
}
